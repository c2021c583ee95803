import { FormModal } from '@shared/components/FormModal';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { createSecret, KINDS, type SecretKind } from '../api';
import { Entries, type Typed, typedValues } from './Entries';

interface Given extends Typed {
  name: string;
  kind: SecretKind;
  description?: string;
}

export function NewSecret({ open, project, onClose }: { open: boolean; project: string; onClose: () => void }) {
  const { t } = useTranslation('secrets');
  return (
    <FormModal<Given>
      open={open}
      title={t('new')}
      submit={t('create')}
      width={640}
      initial={{ kind: 'opaque' }}
      act={({ name, kind, description = '', ...typed }) =>
        createSecret(project, { name, kind, description, ...typedValues(kind, typed) })
      }
      done={t('created')}
      changes={[['projects', project, 'secrets']]}
      onClose={onClose}
    >
      {(form) => (
        <>
          <Form.Item
            name="name"
            label={t('name')}
            extra={t('nameHelp')}
            rules={[{ required: true, message: t('needsName') }]}
          >
            <Input autoComplete="off" spellCheck={false} autoFocus />
          </Form.Item>
          <KindField />
          <Form.Item name="description" label={t('description')}>
            <Input maxLength={500} />
          </Form.Item>
          <Form.Item noStyle shouldUpdate={(before: Given, after: Given) => before.kind !== after.kind}>
            {() => <Entries kind={(form.getFieldValue('kind') as SecretKind | undefined) ?? 'opaque'} />}
          </Form.Item>
        </>
      )}
    </FormModal>
  );
}

function KindField() {
  const { t } = useTranslation('secrets');
  const kind = (Form.useWatch('kind') as SecretKind | undefined) ?? 'opaque';
  return (
    <Form.Item name="kind" label={t('kind')} extra={t(`kindHelp.${kind}`)}>
      <Select options={KINDS.map((one) => ({ value: one, label: t(`kinds.${one}`) }))} />
    </Form.Item>
  );
}
