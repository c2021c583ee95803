import { etagOf, http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { Can } from '@shared/components/Can';
import { EmptyState } from '@shared/components/EmptyState';
import { MemberViews } from '@shared/components/MemberViews';
import { PageHeader } from '@shared/components/PageHeader';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { RelativeTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { useLivePage } from '@shared/live/useStream';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import { useTenant } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Flex, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Invitation, invitationsPath, invitationsQuery, type NewInvitation } from '../api';
import { Invite, Issued, useIssued } from '../components/Invite';

const COLOURS: Partial<Record<Invitation['state'], string>> = { pending: 'processing', accepted: 'success' };
const OPEN = new Set<string>(['pending', 'expired', 'void']);

export function InvitationsPage() {
  const { t } = useTranslation('people');
  const key = useKey();
  const tenant = useTenant();
  const { modal } = App.useApp();
  const [view] = useView<ListSearch>();
  const options = invitationsQuery(tenant.id, view);
  const query = useQuery(options);
  const { changes, refresh } = useLivePage<Invitation>(options.queryKey, { tenant: tenant.id, kinds: ['invitation'] });
  const [inviting, setInviting] = useState(false);
  const [made, setMade] = useState<NewInvitation | null>(null);
  const issued = useIssued(setMade);
  const changed = [['invitations', tenant.id]];
  const path = (invitation: Invitation) => `${invitationsPath(tenant.id)}${invitation.id}/`;
  const resend = useAct<Invitation, NewInvitation>({
    act: (invitation) => http.post(`${path(invitation)}resend/`, {}),
    changes: changed,
    onDone: issued,
  });
  const revoke = useAct<Invitation>({
    act: (invitation) => http.delete(path(invitation), { etag: etagOf(invitation) }),
    done: t('invitations.revoked'),
    changes: changed,
  });
  const askResend = (invitation: Invitation) =>
    modal.confirm({
      title: t('invitations.resendTitle', { email: invitation.email }),
      content: t('invitations.resendText'),
      okText: t('invitations.resend'),
      onOk: () => resend.mutateAsync(invitation).catch(() => undefined),
    });
  const askRevoke = (invitation: Invitation) =>
    modal.confirm({
      title: t('invitations.revokeTitle', { email: invitation.email }),
      content: t('invitations.revokeText'),
      okText: t('invitations.revoke'),
      okButtonProps: { danger: true },
      onOk: () => revoke.mutateAsync(invitation).catch(() => undefined),
    });
  const columns: Column<Invitation>[] = [
    { key: 'email', title: t('invitations.email'), always: true, render: (one) => one.email },
    {
      key: 'role',
      title: t('invitations.role'),
      render: (one) => key(`shared:role.${one.role}.name`, { fallback: one.role }),
    },
    {
      key: 'where',
      title: t('invitations.where'),
      render: (one) =>
        one.project_slug ? (
          <code className="mono">{one.project_slug}</code>
        ) : (
          <span className="muted">{t('invitations.whole')}</span>
        ),
    },
    {
      key: 'state',
      title: t('invitations.state'),
      render: (one) => <Tag color={COLOURS[one.state] ?? 'default'}>{t(`invitations.states.${one.state}`)}</Tag>,
    },
    { key: 'by', title: t('invitations.by'), render: (one) => one.invited_by },
    { key: 'expires', title: t('invitations.expires'), render: (one) => <RelativeTime at={one.expires_at} /> },
    {
      key: 'acts',
      title: '',
      always: true,
      render: (one) =>
        OPEN.has(one.state) ? (
          <Flex gap={4} justify="flex-end">
            <Button size="small" type="text" onClick={() => askResend(one)}>
              {t('invitations.resend')}
            </Button>
            <Button size="small" type="text" danger onClick={() => askRevoke(one)}>
              {t('invitations.revoke')}
            </Button>
          </Flex>
        ) : null,
    },
  ];
  const add = (
    <Can on={tenant} do="members.manage">
      <Button type="primary" onClick={() => setInviting(true)}>
        {t('invitations.new')}
      </Button>
    </Can>
  );
  return (
    <div className="page">
      <PageHeader
        title={t('invitations.title')}
        facts={<span>{tenant.name}</span>}
        actions={add}
        api={{ method: 'GET', path: invitationsPath(tenant.id), query: view }}
      />
      <MemberViews now="invitations" />
      <ResourceTable
        name="invitations"
        label={t('invitations.title')}
        query={query}
        columns={columns}
        defaultOrder="-created"
        changes={changes}
        onRefresh={() => void refresh()}
        empty={
          <EmptyState title={t('invitations.empty')} action={add}>
            {t('invitations.emptyText')}
          </EmptyState>
        }
      />
      <Invite open={inviting} onClose={() => setInviting(false)} onMade={issued} />
      <Issued made={made} onClose={() => setMade(null)} />
    </div>
  );
}
