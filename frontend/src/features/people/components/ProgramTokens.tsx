import { http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { EmptyState } from '@shared/components/EmptyState';
import { FormModal } from '@shared/components/FormModal';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { SecretOnce } from '@shared/components/SecretOnce';
import { RelativeTime, useNow } from '@shared/components/values';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Flex, Form, Select, Tag, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type NewToken, type ServiceAccount, type Token, tokensPath, tokensQuery } from '../api';
import { NewProgramToken } from './NewProgramToken';

const HOURS = [0, 1, 24, 168, 720] as const;

/** The tokens of a service account. */
export function ProgramTokens({ account }: { account: ServiceAccount }) {
  const { t } = useTranslation('people');
  const { modal } = App.useApp();
  const now = useNow(60);
  const [view] = useView<ListSearch>();
  const query = useQuery(tokensQuery(account, view));
  const [making, setMaking] = useState(false);
  const [rotating, setRotating] = useState<Token | null>(null);
  const [made, setMade] = useState<NewToken | null>(null);
  const changes = [['service-tokens', account.id]];
  const revoke = useAct<Token>({
    act: (token) => http.delete(`${tokensPath(account)}${token.id}/`),
    done: t('tokens.revoked'),
    changes,
  });
  const ask = (token: Token) =>
    modal.confirm({
      title: t('tokens.revokeTitle', { name: token.name }),
      content: t('tokens.revokeText'),
      okText: t('tokens.revoke'),
      okButtonProps: { danger: true },
      onOk: () => revoke.mutateAsync(token).catch(() => undefined),
    });
  const end = (token: Token) => {
    if (token.revoked_at) return 'isRevoked';
    if (new Date(token.expires_at).getTime() < now) return 'isExpired';
    return token.replaced_at ? 'isReplaced' : null;
  };
  const columns: Column<Token>[] = [
    {
      key: 'name',
      title: t('tokens.name'),
      always: true,
      render: (token) => {
        const said = end(token);
        return (
          <Flex gap={8} align="center">
            {token.name} <code className="mono muted">{token.hint}…</code>
            {said ? <Tag>{t(`tokens.${said}`)}</Tag> : null}
          </Flex>
        );
      },
    },
    {
      key: 'where',
      title: t('tokens.where'),
      render: (token) => token.project ?? <span className="muted">{t('tokens.whole')}</span>,
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
      render: (token) => {
        const said = end(token);
        if (said === 'isRevoked' || said === 'isExpired') return null;
        return (
          <Flex gap={4} justify="flex-end">
            {said ? null : (
              <Button size="small" type="text" onClick={() => setRotating(token)}>
                {t('tokens.rotate')}
              </Button>
            )}
            <Button size="small" type="text" danger onClick={() => ask(token)}>
              {t('tokens.revoke')}
            </Button>
          </Flex>
        );
      },
    },
  ];
  const add = <Button onClick={() => setMaking(true)}>{t('tokens.new')}</Button>;
  return (
    <section>
      <Flex justify="space-between" align="center" style={{ marginBottom: 8 }}>
        <h2>{t('programs.tokens')}</h2>
        {add}
      </Flex>
      <ResourceTable
        name="service-tokens"
        label={t('programs.tokens')}
        query={query}
        columns={columns}
        defaultOrder="-created"
        empty={
          <EmptyState title={t('tokens.empty')} action={add}>
            {t('tokens.emptyText')}
          </EmptyState>
        }
      />
      <NewProgramToken account={account} open={making} onClose={() => setMaking(false)} onMade={setMade} />
      <FormModal<{ overlap_hours: number }, NewToken>
        open={rotating !== null}
        title={t('tokens.rotateTitle', { name: rotating?.name ?? '' })}
        submit={t('tokens.rotate')}
        initial={{ overlap_hours: 24 }}
        act={(given) => http.post(`${tokensPath(account)}${rotating?.id}/rotate/`, given)}
        changes={changes}
        onClose={() => setRotating(null)}
        onDone={setMade}
      >
        <Form.Item name="overlap_hours" label={t('tokens.overlap')}>
          <Select options={HOURS.map((hours) => ({ value: hours, label: t('tokens.hours', { count: hours }) }))} />
        </Form.Item>
      </FormModal>
      <SecretOnce
        secret={made?.token ?? null}
        title={made?.name ?? ''}
        label={t('tokens.token')}
        warning={t('tokens.once')}
        kept={t('tokens.kept')}
        onClose={() => setMade(null)}
      />
    </section>
  );
}
