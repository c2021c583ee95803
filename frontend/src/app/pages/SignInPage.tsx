import { isChangeOfMind, passkeys, pendingFactors, signing } from '@features/account/security/api';
import { Locked } from '@features/account/security/Locked';
import { SecondStep } from '@features/account/security/SecondStep';
import { leaveFor, waysQuery } from '@features/account/security/ways';
import '@features/account/security/words';
import { isProblem, type Problem } from '@shared/api/problem';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { useKey } from '@shared/i18n/key';
import { useLive } from '@shared/live/useStream';
import { languageOf, prefer, type Theme } from '@shared/preferences';
import { sessionQuery } from '@shared/session/session';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { Button, Divider, Flex, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SignInFrame } from '../shell/SignInFrame';

interface Credentials {
  email: string;
  password: string;
}

export function SignInPage() {
  const { t } = useTranslation('shell');
  const [types, setTypes] = useState<ReturnType<typeof pendingFactors>>(null);
  const arrive = useArrival();
  // Asking who is signed in also brings the cookie that the form must prove it has; and whoever came back from a provider
  // may have a second step before them.
  useEffect(() => {
    void signing.session().catch((error) => setTypes(pendingFactors(error)));
  }, []);
  return (
    <SignInFrame heading={t('signIn.heading')}>
      {types ? (
        <SecondStep types={types} onSignedIn={arrive} onBack={() => setTypes(null)} />
      ) : (
        <>
          <p className="muted sign-in-text">{t('signIn.text')}</p>
          <FirstStep onSignedIn={arrive} onPending={setTypes} />
        </>
      )}
    </SignInFrame>
  );
}

/** What follows a sign-in: the person's language and theme, live changes, and the page they wanted. */
function useArrival() {
  const { next } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const cache = useQueryClient();
  const live = useLive();
  return async () => {
    cache.clear();
    const session = await cache.fetchQuery(sessionQuery);
    prefer({
      // Who never chose a language keeps that of the browser.
      ...(session.user.language ? { language: languageOf(session.user.language) } : {}),
      theme: (session.user.theme || 'system') as Theme,
    });
    live.restart();
    // An address of ours, never another site's.
    await router.navigate({ href: next?.startsWith('//') ? '/' : (next ?? '/'), replace: true });
  };
}

interface FirstStepProps {
  onSignedIn: () => Promise<unknown>;
  onPending: (types: ReturnType<typeof pendingFactors>) => void;
}

function FirstStep({ onSignedIn, onPending }: FirstStepProps) {
  const { t } = useTranslation('shell');
  const { t: security } = useTranslation('security');
  const { next, refused } = useSearch({ from: '/sign-in' });
  const key = useKey();
  const ways = useQuery(waysQuery).data;
  const leave = useMutation<void, Error, string>({ mutationFn: (provider) => leaveFor(provider, next) });
  const left = ways?.providers.find(({ slug }) => slug === leave.variables);
  const signIn = useMutation<unknown, Error, Credentials | null>({
    mutationFn: async (credentials) => {
      try {
        await (credentials ? signing.byPassword(credentials) : signing.byPasskey());
      } catch (error) {
        const types = pendingFactors(error);
        if (types) return onPending(types);
        if (isChangeOfMind(error)) return null;
        throw error;
      }
      return onSignedIn();
    },
  });
  return (
    <>
      {refused && !signIn.error && !leave.error ? (
        <p role="alert" className="bad">
          {key(`security:signIn.refused.${refused}`, { fallback: security('signIn.refused.refused') })}
        </p>
      ) : null}
      <Form<Credentials> layout="vertical" requiredMark={false} onFinish={(given) => signIn.mutate(given)}>
        <Form.Item
          name="email"
          label={t('signIn.email')}
          rules={[{ required: true, message: t('signIn.emailMissing') }]}
        >
          <Input type="email" autoComplete="username webauthn" autoFocus />
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
      {ways ? (
        <p className="muted second-foot">
          {ways.resets_by_mail ? (
            <Link to="/reset-password">{security('signIn.forgotten')}</Link>
          ) : (
            security('signIn.noMail')
          )}
        </p>
      ) : null}
      {passkeys() === 'here' || ways?.providers.length ? <Divider plain>{security('second.or')}</Divider> : null}
      <Flex vertical gap={8}>
        {ways?.providers.map(({ slug, name }) => (
          <Button key={slug} block size="large" loading={leave.isPending} onClick={() => leave.mutate(slug)}>
            {security('signIn.by', { provider: name })}
          </Button>
        ))}
        {passkeys() === 'here' ? (
          <Button block size="large" onClick={() => signIn.mutate(null)}>
            {security('signIn.passkey')}
          </Button>
        ) : null}
      </Flex>
      {leave.error ? (
        <p role="alert" className="bad">
          {security('signIn.away', { provider: left?.name ?? '' })}
        </p>
      ) : null}
    </>
  );
}

function Refused({ error }: { error: Error }) {
  const { t } = useTranslation('shell');
  const known = isProblem(error) ? reasonOf(error) : null;
  const retryAfter = isProblem(error) && known === 'tooMany' ? error.retryAfter : 0;
  return (
    <div style={{ marginBottom: 16 }}>
      {retryAfter ? (
        <Locked seconds={retryAfter} />
      ) : known ? (
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
