import { ErrorPanel } from '@shared/components/ErrorPanel';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { factors, isChangeOfMind } from './api';
import './words';

interface Props {
  prove: <Answer>(act: () => Promise<Answer>) => Promise<Answer>;
  onAdded: () => void;
  onClose: () => void;
}

export function AddPasskey({ prove, onAdded, onClose }: Props) {
  const { t } = useTranslation('security');
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const add = async ({ name }: { name: string }) => {
    setProblem(null);
    setBusy(true);
    try {
      await prove(() => factors.addPasskey(name));
      onAdded();
    } catch (error) {
      if (error instanceof DOMException && !isChangeOfMind(error))
        setProblem(new Error(t('passkey.failed', { reason: error.message })));
      else if (!isChangeOfMind(error)) setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal open title={t('passkey.add')} footer={null} onCancel={onClose}>
      <Form<{ name: string }> layout="vertical" requiredMark={false} onFinish={add}>
        <Form.Item
          name="name"
          label={t('passkey.name')}
          extra={t('passkey.nameHelp')}
          rules={[{ required: true, whitespace: true, max: 100 }]}
        >
          <Input autoComplete="off" autoFocus />
        </Form.Item>
        {problem ? <ErrorPanel error={problem} brief /> : null}
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('passkey.submit')}
        </Button>
      </Form>
    </Modal>
  );
}
