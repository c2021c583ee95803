import { FormModal } from '@shared/components/FormModal';
import { Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { changeException, createException, DIRECTIONS, type Exception, PROTOCOLS, type Typed } from '../api';

type Given = Typed & { end: 'cidr' | 'peer' };

interface Props {
  open: boolean;
  project: string;
  /** What is changed; else a new one, begun with what is known of it. */
  exception?: Exception | undefined;
  begun?: Partial<Typed> | undefined;
  onClose: () => void;
}

export function ExceptionForm({ open, project, exception, begun, onClose }: Props) {
  const { t } = useTranslation('isolation');
  const fresh: Partial<Given> = {
    direction: 'egress',
    protocol: 'TCP',
    ports: [],
    end: begun?.peer ? 'peer' : 'cidr',
    ...begun,
  };
  return (
    <FormModal<Given>
      open={open}
      title={exception ? t('change', { name: exception.name }) : t('new')}
      submit={exception ? t('save') : t('create')}
      initial={exception ?? fresh}
      act={({ end, name, description = '', direction, protocol, ports = [], cidr = '', peer = '' }) =>
        exception
          ? changeException(exception, { description, protocol, ports })
          : createException(project, {
              ...{ name, description, direction, protocol, ports },
              cidr: end === 'cidr' ? cidr : '',
              peer: end === 'peer' ? peer : '',
            })
      }
      done={exception ? t('changed') : t('created')}
      changes={[['projects', project]]}
      onClose={onClose}
    >
      {exception ? null : <Ends />}
      <Form.Item name="protocol" label={t('protocol')}>
        <Select options={PROTOCOLS.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item name="ports" label={t('ports')} extra={t('portsHelp')}>
        <Select mode="tags" open={false} tokenSeparators={[',', ' ']} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="description" label={t('description')}>
        <Input maxLength={500} />
      </Form.Item>
    </FormModal>
  );
}

/** What cannot be changed later: that would be another exception. */
function Ends() {
  const { t } = useTranslation('isolation');
  const end = Form.useWatch<Given['end'] | undefined>('end') ?? 'cidr';
  return (
    <>
      <Form.Item
        name="name"
        label={t('name')}
        extra={t('nameHelp')}
        rules={[{ required: true, message: t('needsName') }]}
      >
        <Input autoComplete="off" spellCheck={false} autoFocus maxLength={40} />
      </Form.Item>
      <Form.Item name="direction" label={t('direction')}>
        <Radio.Group options={DIRECTIONS.map((value) => ({ value, label: t(`directions.${value}`) }))} />
      </Form.Item>
      <Form.Item name="end" label={t('end')}>
        <Radio.Group options={(['cidr', 'peer'] as const).map((value) => ({ value, label: t(`ends.${value}`) }))} />
      </Form.Item>
      {end === 'cidr' ? (
        <Form.Item
          name="cidr"
          label={t('cidr')}
          extra={t('cidrHelp')}
          rules={[{ required: true, message: t('needsCidr') }]}
        >
          <Input autoComplete="off" spellCheck={false} />
        </Form.Item>
      ) : (
        <Form.Item
          name="peer"
          label={t('peer')}
          extra={t('peerHelp')}
          rules={[{ required: true, message: t('needsPeer') }]}
        >
          <Input autoComplete="off" spellCheck={false} />
        </Form.Item>
      )}
    </>
  );
}
