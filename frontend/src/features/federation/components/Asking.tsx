import { FormModal } from '@shared/components/FormModal';
import { Form, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { invite, type Partner, partnersKey, readLetter } from '../api';

interface Props {
  open: boolean;
  tenant: string;
  onClose: () => void;
  onDone: (partner: Partner) => void;
}

export function Invite({ open, tenant, onClose, onDone }: Props) {
  const { t } = useTranslation('federation');
  return (
    <FormModal<{ number?: number; note?: string }, Partner>
      open={open}
      title={t('invite')}
      submit={t('invite')}
      initial={{}}
      act={({ number, note }) => invite(tenant, { ...(number && { number }), note: note ?? '' })}
      done={t('invited')}
      changes={[partnersKey(tenant)]}
      onClose={onClose}
      onDone={onDone}
    >
      <p className="muted">{t('inviteText')}</p>
      <Form.Item name="number" label={t('whom')} extra={t('whomHelp')}>
        <InputNumber min={1000} max={999_999_999} precision={0} controls={false} style={{ width: 160 }} autoFocus />
      </Form.Item>
      <Form.Item name="note" label={t('note')} extra={t('noteHelp')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormModal>
  );
}

export function ReadLetter({ open, tenant, onClose, onDone }: Props) {
  const { t } = useTranslation('federation');
  return (
    <FormModal<{ text: string }, Partner>
      open={open}
      title={t('readLetter')}
      submit={t('readLetter')}
      initial={{}}
      act={({ text }) => readLetter(tenant, text)}
      done={t('letterRead')}
      changes={[partnersKey(tenant)]}
      onClose={onClose}
      onDone={onDone}
    >
      <p className="muted">{t('readLetterText')}</p>
      <Form.Item name="text" label={t('letter')} rules={[{ required: true, message: t('needs') }]}>
        <Input.TextArea rows={6} spellCheck={false} className="mono" autoFocus />
      </Form.Item>
    </FormModal>
  );
}
