import { isProblem } from '@shared/api/problem';
import { CopyButton } from '@shared/components/CopyButton';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { PageLoading } from '@shared/components/PageLoading';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Form, Input, Modal, QRCode } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { factors, isChangeOfMind } from './api';
import './words';

interface Props {
  prove: <Answer>(act: () => Promise<Answer>) => Promise<Answer>;
  onAdded: () => void;
  onClose: () => void;
}

/** A QR code for the telephone's app, and the six digits that prove that it was scanned. */
export function AddApp({ prove, onAdded, onClose }: Props) {
  const { t } = useTranslation('security');
  const key = useQuery({
    queryKey: ['new-key'],
    queryFn: factors.newKey,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const [form] = Form.useForm<{ code: string }>();
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const add = async ({ code }: { code: string }) => {
    setProblem(null);
    setBusy(true);
    try {
      await prove(() => factors.addApp(code.replace(/\s/g, '')));
      onAdded();
    } catch (error) {
      if (isProblem(error) && error.status === 400) form.setFields([{ name: 'code', errors: [t('app.wrong')] }]);
      else if (!isChangeOfMind(error)) setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal open title={t('app.add')} footer={null} onCancel={onClose} width={460}>
      {key.error ? <ErrorPanel error={key.error} /> : null}
      {key.isPending ? <PageLoading /> : null}
      {key.data ? (
        <>
          <p>{t('app.scan')}</p>
          <Flex justify="center">
            {/* Dark on light whatever the theme: not every camera reads it the other way round. */}
            <QRCode value={key.data.totp_url} type="svg" color="#000000" bgColor="#ffffff" aria-label={t('app.qr')} />
          </Flex>
          <p className="muted" style={{ marginBottom: 4 }}>
            {t('app.byHand')}
          </p>
          <Flex gap={4} align="center">
            <code className="mono" data-testid="totp-key">
              {key.data.secret.match(/.{1,4}/g)?.join(' ')}
            </code>
            <CopyButton text={key.data.secret} />
          </Flex>
          <Form form={form} layout="vertical" requiredMark={false} onFinish={add} style={{ marginTop: 16 }}>
            <Form.Item name="code" label={t('app.code')} rules={[{ required: true, message: t('second.missing') }]}>
              <Input inputMode="numeric" autoComplete="one-time-code" maxLength={7} style={{ width: 140 }} />
            </Form.Item>
            {problem ? <ErrorPanel error={problem} brief /> : null}
            <Button type="primary" htmlType="submit" loading={busy}>
              {t('app.submit')}
            </Button>
          </Form>
        </>
      ) : null}
    </Modal>
  );
}
