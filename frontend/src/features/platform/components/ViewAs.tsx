import { http } from '@shared/api/http';
import { FormModal } from '@shared/components/FormModal';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

const MINUTES = [15, 30, 60, 120] as const;

interface Props {
  user: { id: string; name: string };
  onClose: () => void;
}

/** Begins to look at the console as somebody else sees it. */
export function ViewAs({ user, onClose }: Props) {
  const { t } = useTranslation('leaving');
  return (
    <FormModal<{ reason: string; minutes: number }>
      open
      title={t('viewAs.title', { name: user.name })}
      submit={t('viewAs.start')}
      initial={{ minutes: 30 }}
      act={(given) => http.post('/view-as/', { user: user.id, ...given })}
      onClose={onClose}
      // All that is on the screen and in the cache is one's own: begin afresh.
      onDone={() => location.assign('/')}
    >
      <p>{t('viewAs.text', { name: user.name })}</p>
      <Form.Item
        name="reason"
        label={t('viewAs.reason')}
        extra={t('viewAs.reasonHelp')}
        rules={[{ required: true, whitespace: true, min: 3, max: 300 }]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="minutes" label={t('viewAs.lasts')}>
        <Select options={MINUTES.map((count) => ({ value: count, label: t('viewAs.minutes', { count }) }))} />
      </Form.Item>
    </FormModal>
  );
}
