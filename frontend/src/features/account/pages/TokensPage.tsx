import { http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { EmptyState } from '@shared/components/EmptyState';
import { PageHeader } from '@shared/components/PageHeader';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { RelativeTime, useNow } from '@shared/components/values';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Flex, Tag, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Token, tokensQuery } from '../api';
import { NewToken } from '../components/NewToken';

export function TokensPage() {
  const { t } = useTranslation('account');
  const { modal } = App.useApp();
  const now = useNow(60);
  const [view] = useView<ListSearch>();
  const query = useQuery(tokensQuery(view));
  const [making, setMaking] = useState(false);
  const revoke = useAct<Token>({
    act: (token) => http.delete(`/me/tokens/${token.id}/`),
    done: t('tokens.revoked'),
    changes: [['me', 'tokens']],
  });
  const ask = (token: Token) =>
    modal.confirm({
      title: t('tokens.revoke', { name: token.name }),
      content: t('tokens.revokeText'),
      okText: t('tokens.revokeAct'),
      okButtonProps: { danger: true },
      onOk: () => revoke.mutateAsync(token).catch(() => undefined),
    });
  const ended = (token: Token) =>
    token.revoked_at ? 'revoked' : new Date(token.expires_at).getTime() < now ? 'expired' : null;
  const columns: Column<Token>[] = [
    {
      key: 'name',
      title: t('tokens.name'),
      always: true,
      render: (token) => {
        const end = ended(token);
        return (
          <Flex gap={8} align="center">
            {token.name} <code className="mono muted">{token.hint}…</code>
            {end ? <Tag>{t(`tokens.${end === 'revoked' ? 'isRevoked' : 'isExpired'}`)}</Tag> : null}
          </Flex>
        );
      },
    },
    {
      key: 'scope',
      title: t('tokens.where'),
      render: (token) => token.project ?? token.tenant ?? <span className="muted">{t('tokens.everywhere')}</span>,
    },
    {
      key: 'permissions',
      title: t('tokens.permissions'),
      render: (token) => (
        <Tooltip title={token.permissions.join(', ')}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the names must be reachable by keyboard. */}
          <span tabIndex={0}>{t('tokens.count', { count: token.permissions.length })}</span>
        </Tooltip>
      ),
    },
    {
      key: 'used',
      title: t('tokens.used'),
      render: (token) => <RelativeTime at={token.last_used_at} none={t('tokens.never')} />,
    },
    { key: 'expires', title: t('tokens.expires'), render: (token) => <RelativeTime at={token.expires_at} /> },
    {
      key: 'acts',
      title: '',
      always: true,
      render: (token) =>
        ended(token) ? null : (
          <Flex justify="flex-end">
            <Button size="small" type="text" danger onClick={() => ask(token)}>
              {t('tokens.revokeAct')}
            </Button>
          </Flex>
        ),
    },
  ];
  const add = (
    <Button type="primary" onClick={() => setMaking(true)}>
      {t('tokens.new')}
    </Button>
  );
  return (
    <div className="page">
      <PageHeader title={t('tokens.title')} actions={add} api={{ method: 'GET', path: '/me/tokens/', query: view }} />
      <ResourceTable
        name="tokens"
        label={t('tokens.title')}
        query={query}
        columns={columns}
        defaultOrder="-created"
        empty={
          <EmptyState
            title={t('tokens.empty')}
            action={add}
            command={`curl -H "Authorization: Bearer $HANSE_TOKEN" ${location.origin}/api/v1/me/`}
          >
            {t('tokens.emptyText')}
          </EmptyState>
        }
      />
      <NewToken open={making} onClose={() => setMaking(false)} />
    </div>
  );
}
