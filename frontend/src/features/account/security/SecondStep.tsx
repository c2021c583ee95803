import { isProblem } from '@shared/api/problem';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Factor, isChangeOfMind, passkeys, signing } from './api';
import { Locked } from './Locked';
import './words';

interface Props {
  types: readonly Factor['type'][];
  onSignedIn: () => Promise<unknown>;
  onBack: () => void;
}

/** After the password: a code, or a passkey. */
export function SecondStep({ types, onSignedIn, onBack }: Props) {
  const { t } = useTranslation('security');
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const attempt = async (proof: () => Promise<unknown>) => {
    setProblem(null);
    setBusy(true);
    try {
      await proof();
      await onSignedIn();
    } catch (error) {
      if (!isChangeOfMind(error)) setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const withPasskey = types.includes('webauthn') && passkeys() === 'here';
  return (
    <>
      <h2 className="second-step">{t('second.title')}</h2>
      <p className="muted">{t(types.includes('totp') ? 'second.text' : 'second.passkeyOnly')}</p>
      {withPasskey ? (
        <Button block size="large" onClick={() => attempt(signing.byKeyAfterPassword)} style={{ marginBottom: 16 }}>
          {t('prove.passkey')}
        </Button>
      ) : null}
      <Form<{ code: string }>
        layout="vertical"
        requiredMark={false}
        onFinish={({ code }) => attempt(() => signing.byCode(code.replace(/\s/g, '')))}
      >
        <Form.Item name="code" label={t('second.code')} rules={[{ required: true, message: t('second.missing') }]}>
          <Input autoComplete="one-time-code" autoFocus />
        </Form.Item>
        {problem ? <Refused error={problem} /> : null}
        <Button type="primary" htmlType="submit" block size="large" loading={busy}>
          {t('second.submit')}
        </Button>
      </Form>
      <p className="muted second-foot">{t('second.lost')}</p>
      <Button type="link" block onClick={onBack}>
        {t('second.back')}
      </Button>
    </>
  );
}

function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation('security');
  if (!isProblem(error) || ![400, 429].includes(error.status)) return <ErrorPanel error={error} brief />;
  if (error.retryAfter) return <Locked seconds={error.retryAfter} />;
  return (
    <p role="alert" className="bad">
      {t('second.wrong')}
    </p>
  );
}
