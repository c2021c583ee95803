import { signing } from '@features/account/security/api';
import { resets } from '@features/account/security/ways';
import '@features/account/security/words';
import { isProblem } from '@shared/api/problem';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SignInFrame } from '../shell/SignInFrame';

/** A new password for who forgot theirs: asks for the mail, or, come by its link, for the password. */
export function ResetPasswordPage() {
  const { t } = useTranslation('security');
  const [key, setKey] = useState(() => location.hash.slice(1));
  useEffect(() => {
    void signing.session().catch(() => undefined);
    // The link lets somebody in: it does not stay in the address bar, nor in the history.
    history.replaceState(history.state, '', location.pathname);
  }, []);
  return (
    <SignInFrame heading={t(key ? 'reset.choose' : 'reset.title')}>
      {key ? <Choose linkKey={key} onAnother={() => setKey('')} /> : <Ask />}
      <Link to="/sign-in">{t('reset.back')}</Link>
    </SignInFrame>
  );
}

function Ask() {
  const { t } = useTranslation('security');
  const { t: shell } = useTranslation('shell');
  const ask = useMutation<unknown, Error, { email: string }>({ mutationFn: ({ email }) => resets.ask(email) });
  if (ask.isSuccess)
    return (
      <Alert
        type="success"
        showIcon
        role="status"
        title={t('reset.sent', { email: ask.variables.email })}
        style={{ margin: '16px 0' }}
      />
    );
  return (
    <>
      <p className="muted">{t('reset.text')}</p>
      <Form<{ email: string }> layout="vertical" requiredMark={false} onFinish={(given) => ask.mutate(given)}>
        <Form.Item
          name="email"
          label={shell('signIn.email')}
          rules={[{ required: true, type: 'email', message: shell('signIn.emailMissing') }]}
        >
          <Input type="email" autoComplete="username" autoFocus />
        </Form.Item>
        {ask.error ? <ErrorPanel error={ask.error} /> : null}
        <Button type="primary" htmlType="submit" block size="large" loading={ask.isPending}>
          {t('reset.submit')}
        </Button>
      </Form>
    </>
  );
}

function Choose({ linkKey, onAnother }: { linkKey: string; onAnother: () => void }) {
  const { t } = useTranslation('security');
  const { t: account } = useTranslation('account');
  const redeem = useMutation<unknown, Error, { password: string }>({
    mutationFn: ({ password }) => resets.redeem(linkKey, password),
  });
  if (redeem.isSuccess)
    return <Alert type="success" showIcon role="status" title={t('reset.saved')} style={{ margin: '16px 0' }} />;
  if (isProblem(redeem.error, 'reset-link-spent'))
    return (
      <>
        <p role="alert" className="bad">
          {t('reset.spent')}
        </p>
        <Button type="primary" block size="large" onClick={onAnother} style={{ marginBottom: 16 }}>
          {t('reset.another')}
        </Button>
      </>
    );
  return (
    <>
      <p className="muted">{t('reset.chooseText')}</p>
      <Form<{ password: string }> layout="vertical" requiredMark={false} onFinish={(given) => redeem.mutate(given)}>
        <Form.Item
          name="password"
          label={account('password.new')}
          extra={account('password.help')}
          rules={[{ required: true, min: 10, message: account('password.help') }]}
        >
          <Input.Password autoComplete="new-password" autoFocus />
        </Form.Item>
        {redeem.error ? <ErrorPanel error={redeem.error} /> : null}
        <Button type="primary" htmlType="submit" block size="large" loading={redeem.isPending}>
          {t('reset.save')}
        </Button>
      </Form>
    </>
  );
}
