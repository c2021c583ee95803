import { flavorsQuery } from '@shared/api/clusters';
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { AmountInput } from './AmountInput';
import { ErrorPanel } from './ErrorPanel';

export interface QuotaLine {
  flavor: string;
  resource: string;
  nominal: number;
  borrowing_limit: number | null;
  lending_limit: number | null;
}

interface Props {
  clusterId: string;
  value?: QuotaLine[];
  onChange?: (lines: QuotaLine[]) => void;
  /** Limits only mean something in a cohort. */
  inCohort: boolean;
}

/** One row a flavor and resource of the cluster; an empty "guaranteed" leaves the resource out of the quota. */
export function QuotaLinesField({ clusterId, value = [], onChange, inCohort }: Props) {
  const { t } = useTranslation();
  const flavors = useQuery(flavorsQuery(clusterId));
  if (flavors.error) return <ErrorPanel brief error={flavors.error} retry={() => void flavors.refetch()} />;
  if (!flavors.data) return <Skeleton active title={false} paragraph={{ rows: 2 }} />;
  const rows = flavors.data.results.flatMap((flavor) =>
    flavor.resources.map((resource) => ({ flavor: flavor.name, resource })),
  );
  const lineOf = (row: { flavor: string; resource: string }) =>
    value.find((line) => line.flavor === row.flavor && line.resource === row.resource);
  const change = (row: { flavor: string; resource: string }, part: Partial<QuotaLine> | null) => {
    const others = value.filter((line) => line !== lineOf(row));
    const blank: QuotaLine = { ...row, nominal: 0, borrowing_limit: null, lending_limit: null };
    onChange?.(part ? [...others, { ...blank, ...lineOf(row), ...part }] : others);
  };
  return (
    <div style={{ overflowX: 'auto' }}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('quota.flavor')}</th>
            <th scope="col">{t('quota.nominal')}</th>
            <th scope="col">{t('quota.borrowingLimit')}</th>
            <th scope="col">{t('quota.lendingLimit')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const line = lineOf(row);
            const name = `${row.flavor} ${row.resource}`;
            return (
              <tr key={name}>
                <th scope="row">
                  <code className="mono">{row.flavor}</code> <span className="muted">{row.resource}</span>
                </th>
                <td>
                  <AmountInput
                    resource={row.resource}
                    label={`${t('quota.nominal')}, ${name}`}
                    empty={t('quota.notGranted')}
                    value={line?.nominal ?? null}
                    onChange={(nominal) => change(row, nominal === null ? null : { nominal })}
                  />
                </td>
                <td>
                  <AmountInput
                    resource={row.resource}
                    label={`${t('quota.borrowingLimit')}, ${name}`}
                    empty={t('quota.noLimit')}
                    disabled={!line || !inCohort}
                    value={line?.borrowing_limit ?? null}
                    onChange={(borrowing_limit) => change(row, { borrowing_limit })}
                  />
                </td>
                <td>
                  <AmountInput
                    resource={row.resource}
                    label={`${t('quota.lendingLimit')}, ${name}`}
                    empty={t('quota.noLimit')}
                    disabled={!line || !inCohort}
                    value={line?.lending_limit ?? null}
                    onChange={(lending_limit) => change(row, { lending_limit })}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {rows.length === 0 ? <p className="muted">{t('quota.noFlavors')}</p> : null}
    </div>
  );
}
