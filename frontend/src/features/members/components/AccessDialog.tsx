import { ErrorPanel } from '@shared/components/ErrorPanel';
import { useKey } from '@shared/i18n/key';
import type { SessionTenant } from '@shared/session/session';
import { useQuery } from '@tanstack/react-query';
import { Alert, Flex, Modal, Select, Skeleton, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Access, accessQuery } from '../api';

interface Props {
  tenant: SessionTenant;
  /** Null: whoever looks. */
  who: { id: string; name: string } | null;
  /** The project to begin with; else the tenant as a whole. */
  project?: string | null;
  onClose: () => void;
}

type Source = Access['roles'][number];
type Grant = Access['grants'][number];

/** What somebody may do here, each permission with where it comes from or what withholds it. */
export function AccessDialog({ tenant, who, project, onClose }: Props) {
  const { t } = useTranslation('members');
  const [where, setWhere] = useState<string | undefined>(project ?? undefined);
  const { data, error } = useQuery(accessQuery(tenant.id, who?.id ?? null, where));
  return (
    <Modal
      open
      width={720}
      title={who ? t('access.title', { name: who.name }) : t('access.own')}
      footer={null}
      onCancel={onClose}
      destroyOnHidden
    >
      <Flex gap={8} align="center" style={{ marginBottom: 12 }}>
        <label htmlFor="access-where">{t('where')}</label>
        <Select
          id="access-where"
          allowClear
          style={{ minWidth: 220 }}
          placeholder={t('wholeTenant')}
          value={where}
          onChange={setWhere}
          options={tenant.projects.map((one) => ({ value: one.id, label: one.name }))}
        />
      </Flex>
      {error ? <ErrorPanel error={error} /> : data ? <Told access={data} /> : <Skeleton active />}
    </Modal>
  );
}

function Told({ access }: { access: Access }) {
  const { t } = useTranslation('members');
  const withheld = [...new Set(access.grants.flatMap((grant) => grant.withheld ?? []))];
  return (
    <>
      {withheld.map((why) => (
        <Alert key={why} type="warning" showIcon style={{ marginBottom: 12 }} title={t(`access.withheld.${why}`)} />
      ))}
      {access.grants.length ? <Grants grants={access.grants} /> : <p className="muted">{t('access.nothing')}</p>}
      {access.shares.length ? (
        <>
          <h3>{t('access.shares')}</h3>
          <ul style={{ paddingInlineStart: 20 }}>
            {access.shares.map((share) => (
              <li key={`${share.id} ${share.group}`}>
                {share.name} <code className="mono">{share.permissions.join(', ')}</code>{' '}
                {share.group ? <span className="muted">{t('access.byGroup', { group: share.group })}</span> : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {access.tokens?.length ? (
        <>
          <h3>{t('access.tokens')}</h3>
          <ul style={{ paddingInlineStart: 20 }}>
            {access.tokens.map((token) => (
              <li key={token.id}>
                {token.name} <code className="mono">{token.hint}…</code>{' '}
                <span className="muted">{token.permissions.join(', ') || t('access.nothingHere')}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}

function Grants({ grants }: { grants: readonly Grant[] }) {
  const { t } = useTranslation('members');
  const key = useKey();
  return (
    <div style={{ maxHeight: '50vh', overflow: 'auto' }}>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t('roles.permission')}</th>
            <th>{t('access.from')}</th>
          </tr>
        </thead>
        <tbody>
          {grants.map((grant) => (
            <tr key={grant.permission}>
              <td>
                {key(`permission:${grant.permission.replace('.', '-')}`, { fallback: grant.permission })}{' '}
                <code className="mono muted">{grant.permission}</code>{' '}
                {grant.held ? null : <Tag>{t('access.notHeld')}</Tag>}
              </td>
              <td>
                {grant.sources.map((source) => (
                  <SourceText key={`${source.role} ${source.place} ${source.group}`} source={source} />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SourceText({ source }: { source: Source }) {
  const { t } = useTranslation('members');
  const key = useKey();
  const role = key(`shared:role.${source.role}.name`, { fallback: source.role });
  return (
    <div>
      {t(`access.place.${source.place}`, { role })}
      {source.group ? <span className="muted"> {t('access.byGroup', { group: source.group })}</span> : null}
    </div>
  );
}
