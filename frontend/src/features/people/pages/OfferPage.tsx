import { http, send } from '@shared/api/http';
import { isProblem } from '@shared/api/problem';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { showOnFields } from '@shared/components/form';
import { useExactTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { sessionQuery } from '@shared/session/session';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Offer } from '../api';

const SESSION = '/_allauth/browser/v1/auth/session';

/** An invitation, for whoever opens its link. The secret stays in the fragment of the address, which no server sees. */
export function OfferPage() {
  const { t } = useTranslation('people');
  const [secret] = useState(() => location.hash.slice(1));
  const offer = useQuery({
    queryKey: ['offer', secret],
    queryFn: async ({ signal }) => {
      // Asking who is signed in also brings the cookie that the form must prove it has.
      await http.get(SESSION).catch(() => undefined);
      return http.post<Offer>('/invitations/open/', { secret }, { signal });
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div className="sign-in">
      <main id="content" tabIndex={-1}>
        {offer.data ? <Shown offer={offer.data} secret={secret} /> : null}
        {offer.error ? <Over error={offer.error} /> : null}
        {offer.isPending ? <p className="muted">{t('offer.title')} …</p> : null}
      </main>
    </div>
  );
}

function Over({ error }: { error: Error }) {
  const { t } = useTranslation('people');
  if (!isProblem(error) || error.status !== 410) return <ErrorPanel error={error} />;
  return (
    <div className="sign-in-head">
      <h1>{t('offer.over')}</h1>
      <p className="muted">{t('offer.overText')}</p>
      <Button href="/">{t('offer.start')}</Button>
    </div>
  );
}

function Shown({ offer, secret }: { offer: Offer; secret: string }) {
  const { t } = useTranslation('people');
  const key = useKey();
  const exact = useExactTime();
  const names = {
    inviter: offer.invited_by,
    role: key(`shared:role.${offer.role}.name`, { fallback: offer.role }),
    project: offer.project ?? '',
  };
  return (
    <>
      <div className="sign-in-head">
        <h1>{t('offer.heading', { tenant: offer.tenant })}</h1>
        <p>{t(offer.project ? 'offer.textProject' : 'offer.text', names)}</p>
        <p className="muted">{t('offer.for', { email: offer.email, until: exact(offer.expires_at) })}</p>
      </div>
      {offer.signed_in_as === null ? <NewAccount offer={offer} secret={secret} /> : null}
      {offer.signed_in_as === offer.email ? <Accept offer={offer} secret={secret} /> : null}
      {offer.signed_in_as && offer.signed_in_as !== offer.email ? <SomebodyElse offer={offer} /> : null}
    </>
  );
}

/** Where the new member starts. A fresh load: who is signed in, and what they may do, has changed. */
const enter = (offer: Offer) =>
  location.assign(offer.project_slug ? `/t/${offer.tenant_slug}/p/${offer.project_slug}` : `/t/${offer.tenant_slug}`);

function Accept({ offer, secret }: { offer: Offer; secret: string }) {
  const { t } = useTranslation('people');
  const accept = useMutation({
    mutationFn: () => http.post('/invitations/accept/', { secret }),
    onSuccess: () => enter(offer),
  });
  return (
    <>
      {accept.error ? <ErrorPanel error={accept.error} /> : null}
      <Button type="primary" block size="large" loading={accept.isPending} onClick={() => accept.mutate()}>
        {t('offer.accept')}
      </Button>
    </>
  );
}

interface Given {
  name: string;
  password: string;
}

function NewAccount({ offer, secret }: { offer: Offer; secret: string }) {
  const { t } = useTranslation('people');
  const [form] = Form.useForm<Given>();
  const [problem, setProblem] = useState<unknown>(null);
  const accept = useMutation<unknown, Error, Given>({
    mutationFn: async (given) => {
      await http.post('/invitations/accept/', { secret, ...given });
      await send('POST', '/_allauth/browser/v1/auth/login', { body: { email: offer.email, password: given.password } });
    },
    onSuccess: () => enter(offer),
    onError: (error) => setProblem(showOnFields(form, error)),
  });
  return (
    <>
      <Form<Given>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(given) => {
          setProblem(null);
          accept.mutate(given);
        }}
      >
        <Form.Item
          name="name"
          label={t('offer.name')}
          rules={[{ required: true, whitespace: true, message: t('offer.nameMissing') }]}
        >
          <Input autoComplete="name" autoFocus maxLength={150} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('offer.password')}
          extra={t('offer.passwordHelp')}
          rules={[{ required: true, message: t('offer.passwordMissing') }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        {problem ? <ErrorPanel error={problem} /> : null}
        <Button type="primary" htmlType="submit" block size="large" loading={accept.isPending}>
          {t('offer.create')}
        </Button>
      </Form>
      <p className="sign-in-foot">
        <a href={`/sign-in?next=${encodeURIComponent(`/invitation#${secret}`)}`}>{t('offer.haveOne')}</a>
      </p>
    </>
  );
}

function SomebodyElse({ offer }: { offer: Offer }) {
  const { t } = useTranslation('people');
  const cache = useQueryClient();
  const signOut = useMutation({
    mutationFn: () => send('DELETE', SESSION).catch(() => undefined),
    onSuccess: () => {
      cache.removeQueries(sessionQuery);
      location.reload();
    },
  });
  return (
    <>
      <p>{t('offer.somebodyElse', { address: offer.signed_in_as ?? '', email: offer.email })}</p>
      <Button block size="large" loading={signOut.isPending} onClick={() => signOut.mutate()}>
        {t('offer.signOut')}
      </Button>
    </>
  );
}
