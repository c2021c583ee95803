import { isDevice } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import type { Amount } from '@shared/lib/units';
import { useTranslation } from 'react-i18next';
import { useWords } from '../words';

interface Props {
  asked: readonly Amount[];
  /** What could ever be had; null when nobody said. */
  couldFit: readonly Amount[] | null;
  free: readonly Amount[];
}

/** asked | could ever fit | free now, one row a resource. */
export function FitTable({ asked, couldFit, free }: Props) {
  const { t } = useTranslation('jobs');
  const key = useKey();
  const { amount } = useWords();
  const of = (rows: readonly Amount[], row: Amount) =>
    rows.find((other) => other.flavor === row.flavor && other.resource === row.resource)?.amount;
  if (asked.length === 0) return null;
  return (
    <table className="plain-table tabular" style={{ width: '100%' }}>
      <thead>
        <tr>
          <th scope="col">{t('fit.resource')}</th>
          <th scope="col">{t('fit.asked')}</th>
          {couldFit && <th scope="col">{t('fit.could')}</th>}
          <th scope="col">{t('fit.free')}</th>
        </tr>
      </thead>
      <tbody>
        {asked.map((row) => {
          const least = of(free, row) ?? 0;
          const most = couldFit ? of(couldFit, row) : undefined;
          return (
            <tr key={`${row.flavor}/${row.resource}`}>
              <th scope="row" style={{ fontWeight: 400 }}>
                {key(`shared:resource.${row.resource}`, { fallback: row.resource })}
                {isDevice(row.resource) && <span className="muted"> {row.flavor}</span>}
              </th>
              <td>{amount(row)}</td>
              {couldFit && <td>{most === undefined ? '—' : amount(row, most)}</td>}
              <td style={least < row.amount ? { color: 'var(--hanse-warning)', fontWeight: 600 } : {}}>
                {amount(row, least)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
