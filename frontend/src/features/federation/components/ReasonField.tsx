import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

/** Why; the other side reads it. */
export function ReasonField() {
  const { t } = useTranslation('federation');
  return (
    <Form.Item
      name="reason"
      label={t('reason')}
      extra={t('reasonHelp')}
      rules={[{ required: true, message: t('needs') }]}
    >
      <Input maxLength={300} autoComplete="off" autoFocus />
    </Form.Item>
  );
}
