import { http, send } from '@shared/api/http';
import { isProblem, type Problem } from '@shared/api/problem';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { useLive } from '@shared/live/useStream';
import { languageOf, prefer, type Theme } from '@shared/preferences';
import { sessionQuery } from '@shared/session/session';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageButton } from '../shell/LanguageButton';
import { LogoMark } from '../shell/Logo';

interface Credentials {
  email: string;
  password: string;
}

const SESSION = '/_allauth/browser/v1/auth/session';

export function SignInPage() {
  const { t } = useTranslation('shell');
  const { next } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const cache = useQueryClient();
  const live = useLive();
  const signIn = useMutation<unknown, Error, Credentials>({
    mutationFn: async (credentials) => {
      await send('POST', '/_allauth/browser/v1/auth/login', { body: credentials });
      cache.clear();
      return cache.fetchQuery(sessionQuery);
    },
    onSuccess: async () => {
      const session = cache.getQueryData(sessionQuery.queryKey);
      if (session)
        prefer({
          // Who never chose a language keeps that of the browser.
          ...(session.user.language ? { language: languageOf(session.user.language) } : {}),
          theme: (session.user.theme || 'system') as Theme,
        });
      live.restart();
      // An address of ours, never another site's.
      await router.navigate({ href: next?.startsWith('//') ? '/' : (next ?? '/'), replace: true });
    },
  });
  // Asking who is signed in also brings the cookie that the form must prove it has.
  useEffect(() => {
    void http.get(SESSION).catch(() => undefined);
  }, []);
  return (
    <div className="sign-in">
      <main id="content" tabIndex={-1}>
        <div className="sign-in-head">
          <LogoMark size={40} />
          <h1>{t('signIn.heading')}</h1>
          <p className="muted">{t('signIn.text')}</p>
        </div>
        <Form<Credentials> layout="vertical" requiredMark={false} onFinish={(given) => signIn.mutate(given)}>
          <Form.Item
            name="email"
            label={t('signIn.email')}
            rules={[{ required: true, message: t('signIn.emailMissing') }]}
          >
            <Input type="email" autoComplete="username" autoFocus />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('signIn.password')}
            rules={[{ required: true, message: t('signIn.passwordMissing') }]}
          >
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          {signIn.error ? <Refused error={signIn.error} /> : null}
          <Button type="primary" htmlType="submit" block size="large" loading={signIn.isPending}>
            {t('signIn.submit')}
          </Button>
        </Form>
        <p className="sign-in-foot">
          <LanguageButton />
        </p>
      </main>
    </div>
  );
}

function Refused({ error }: { error: Error }) {
  const { t } = useTranslation('shell');
  const known = isProblem(error) ? reasonOf(error) : null;
  return (
    <div style={{ marginBottom: 16 }}>
      {known ? (
        <p role="alert" className="bad">
          {t(`signIn.${known}`)}
        </p>
      ) : (
        <ErrorPanel error={error} />
      )}
    </div>
  );
}

function reasonOf(problem: Problem): 'wrong' | 'tooMany' | null {
  if (problem.status === 429) return 'tooMany';
  if (problem.status !== 400) return null;
  const errors = (problem.document.errors ?? []) as { code?: string }[];
  return errors.some(({ code }) => code === 'too_many_login_attempts') ? 'tooMany' : 'wrong';
}
