import { etagOf, http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { can } from '@shared/components/Can';
import { ConfirmByTyping } from '@shared/components/ConfirmByTyping';
import { ErrorPage } from '@shared/components/ErrorPage';
import { FormModal } from '@shared/components/FormModal';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { useKey } from '@shared/i18n/key';
import { usePageName } from '@shared/routing/title';
import { useTenant } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Flex, Form, Input, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { programQuery, programsPath, rolesQuery, type ServiceAccount } from '../api';
import { ProgramTokens } from '../components/ProgramTokens';

const LIST = '/t/$tenant/members/service-accounts';

export function ProgramPage() {
  const tenant = useTenant();
  const { account: id } = useParams({ strict: false }) as { account: string };
  const { data: account, error, isPending, refetch } = useQuery(programQuery(tenant.id, id));
  usePageName(account?.name);
  if (isPending) return <PageLoading />;
  if (!account) return <ErrorPage error={error} retry={() => void refetch()} />;
  return <Shown account={account} />;
}

function Shown({ account }: { account: ServiceAccount }) {
  const { t } = useTranslation('people');
  const tenant = useTenant();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'edit' | 'remove' | null>(null);
  const path = `${programsPath(tenant.id)}${account.id}/`;
  const manages = can(tenant, 'members.manage');
  const changes = [
    ['service-accounts', tenant.id],
    ['members', tenant.id],
  ];
  const remove = useAct({
    act: () => http.delete(path, { etag: etagOf(account) }),
    done: t('programs.removed'),
    changes,
    onDone: () => void navigate({ to: LIST, params: { tenant: tenant.slug } }),
    onProblem: () => undefined,
  });
  return (
    <div className="page">
      <PageHeader
        title={<span className="mono">{account.name}</span>}
        trail={[
          <Link key="list" to={LIST} params={{ tenant: tenant.slug }}>
            {t('programs.title')}
          </Link>,
        ]}
        facts={<span>{account.description}</span>}
        api={{ method: 'GET', path }}
        actions={
          manages ? (
            <>
              <Button onClick={() => setDialog('edit')}>{t('programs.edit')}</Button>
              <Button danger onClick={() => setDialog('remove')}>
                {t('programs.remove')}
              </Button>
            </>
          ) : null
        }
      />
      <Roles account={account} />
      {manages ? <ProgramTokens account={account} /> : null}
      <FormModal<{ description: string }>
        open={dialog === 'edit'}
        title={account.name}
        submit={t('programs.edit')}
        initial={{ description: account.description }}
        act={(given) => http.patch(path, given, { etag: etagOf(account) })}
        done={t('programs.saved')}
        changes={[...changes, ['service-account', tenant.id, account.id]]}
        onClose={() => setDialog(null)}
      >
        <Form.Item name="description" label={t('programs.description')}>
          <Input maxLength={300} autoComplete="off" />
        </Form.Item>
      </FormModal>
      <ConfirmByTyping
        open={dialog === 'remove'}
        title={t('programs.remove')}
        word={account.name}
        action={t('programs.remove')}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onCancel={() => setDialog(null)}
      >
        {t('programs.removeText')}
      </ConfirmByTyping>
    </div>
  );
}

/** What it may do where. */
function Roles({ account }: { account: ServiceAccount }) {
  const { t } = useTranslation('people');
  const key = useKey();
  const roles = useQuery(rolesQuery(account)).data?.results ?? [];
  return (
    <section style={{ marginBottom: 24 }}>
      <h2>{t('programs.roles')}</h2>
      <Flex gap={8} wrap>
        {roles.length === 0 ? <span className="muted">{t('programs.noRole')}</span> : null}
        {roles.map((member) => (
          <Tag key={member.id}>
            {key(`shared:role.${member.role}.name`, { fallback: member.role })} ·{' '}
            {member.project_slug ?? t('invitations.whole')}
          </Tag>
        ))}
      </Flex>
    </section>
  );
}
