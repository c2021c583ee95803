import { etagOf, http } from '@shared/api/http';
import { tenantQuotasQuery } from '@shared/api/quotas';
import type { Preview } from '@shared/api/tenants';
import { AmountInput } from '@shared/components/AmountInput';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { ReviewedChange } from '@shared/components/ReviewedChange';
import { useAmount } from '@shared/components/values';
import type { SessionTenant } from '@shared/session/session';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Flex, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ShareLine, type Shares, sharesQuery } from '../api';
import { othersGuaranteed, shareOf, withShare } from '../model';

interface Props {
  open: boolean;
  tenant: SessionTenant;
  onClose: () => void;
}

/** Divides the tenant's quota: what each project is guaranteed, and what it may at most use. */
export function DivideDrawer({ open, tenant, onClose }: Props) {
  const { t } = useTranslation('quotas');
  const [projectId, setProjectId] = useState(tenant.projects[0]?.id ?? '');
  const shares = useQuery({ ...sharesQuery(projectId), enabled: open && projectId !== '' });
  return (
    <Drawer open={open} onClose={onClose} size={760} title={t('divide.title')} destroyOnHidden>
      <Flex vertical gap={16}>
        <p className="muted" style={{ margin: 0 }}>
          {t('divide.text')}
        </p>
        <Select
          aria-label={t('requests.project')}
          value={projectId}
          onChange={setProjectId}
          options={tenant.projects.map((project) => ({ value: project.id, label: project.name }))}
        />
        {shares.error ? <ErrorPanel error={shares.error} retry={() => void shares.refetch()} /> : null}
        {shares.isPending && open ? <Skeleton active /> : null}
        {shares.data ? (
          <SharesForm
            key={`${projectId} ${shares.data.generation}`}
            tenant={tenant}
            shares={shares.data}
            onDone={onClose}
          />
        ) : null}
      </Flex>
    </Drawer>
  );
}

interface FormProps {
  tenant: SessionTenant;
  shares: Shares;
  onDone: () => void;
}

function SharesForm({ tenant, shares, onDone }: FormProps) {
  const { t } = useTranslation('quotas');
  const { t: shared } = useTranslation();
  const amount = useAmount();
  const quotas = useQuery(tenantQuotasQuery(tenant.id));
  const [draft, setDraft] = useState<ShareLine[]>(shares.shares);
  const [reviewing, setReviewing] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const change = (line: Omit<ShareLine, 'guaranteed' | 'cap'>, part: Partial<ShareLine>) =>
    setDraft((old) => withShare(old, line, part));
  const put = (query: { dry_run?: boolean; confirm?: boolean; cursor?: string | undefined }) =>
    http.put(`/projects/${shares.project_id}/shares/`, { shares: draft }, { etag: etagOf(shares), query });
  return (
    <>
      {quotas.error ? <ErrorPanel error={quotas.error} retry={() => void quotas.refetch()} /> : null}
      <div style={{ overflowX: 'auto' }}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{shared('quota.flavor')}</th>
              <th scope="col">{t('divide.ofTenant')}</th>
              <th scope="col">{t('divide.others')}</th>
              <th scope="col">{t('divide.guaranteed')}</th>
              <th scope="col">{t('divide.cap')}</th>
            </tr>
          </thead>
          <tbody>
            {quotas.data?.results.map((row) => {
              const place = { cluster: row.cluster.slug, flavor: row.flavor, resource: row.resource };
              const mine = shareOf(draft, place);
              const name = `${row.cluster.name} ${row.flavor} ${row.resource}`;
              const others = othersGuaranteed(row, shares.project_id);
              return (
                <tr key={name}>
                  <th scope="row">
                    <code className="mono">{row.flavor}</code> <span className="muted">{row.resource}</span>
                    <div className="muted">{row.cluster.name}</div>
                  </th>
                  <td className="tabular">{amount(row.resource, row.nominal)}</td>
                  <td className="tabular">{amount(row.resource, others)}</td>
                  <td>
                    <AmountInput
                      resource={row.resource}
                      label={`${t('divide.guaranteed')}, ${name}`}
                      max={Math.max(0, row.nominal - others)}
                      value={mine?.guaranteed ?? 0}
                      onChange={(guaranteed) => change(place, { guaranteed: guaranteed ?? 0 })}
                    />
                  </td>
                  <td>
                    <AmountInput
                      resource={row.resource}
                      label={`${t('divide.cap')}, ${name}`}
                      empty={t('divide.noCap')}
                      value={mine?.cap ?? null}
                      onChange={(cap) => change(place, { cap })}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {refused ? <ErrorPanel error={refused} /> : null}
      <Flex gap={8}>
        <Button
          type="primary"
          onClick={() => {
            setRefused(null);
            setReviewing(true);
          }}
        >
          {t('change.review')}
        </Button>
        <Button onClick={() => setDraft(shares.shares)}>{t('change.undo')}</Button>
      </Flex>
      {reviewing ? (
        <ReviewedChange
          title={t('divide.title')}
          action={shared('save')}
          preview={(cursor) => put({ dry_run: true, cursor }) as Promise<Preview>}
          apply={(confirm) => put({ confirm })}
          done={shared('saved')}
          changes={[
            ['tenants', tenant.id, 'quotas'],
            ['projects', shares.project_id, 'shares'],
          ]}
          onClose={() => setReviewing(false)}
          onDone={onDone}
          onRefused={setRefused}
        />
      ) : null}
    </>
  );
}
