import { useAmount } from '@shared/components/values';
import { type Amount, formatAmount, share } from '@shared/lib/units';
import { useTranslation } from 'react-i18next';

interface Props {
  capacity: readonly Amount[];
  used: readonly Amount[];
}

/** Processors and memory of one class only: its name would say nothing. */
const needsNoName = ({ resource }: Amount, capacity: readonly Amount[]) =>
  (resource === 'cpu' || resource === 'memory') && capacity.filter((one) => one.resource === resource).length === 1;

/** Measured use of what there is; a resource that nobody measures has no bar, not an empty one. */
export function Usage({ capacity, used }: Props) {
  const { t, i18n } = useTranslation('clusters');
  const amount = useAmount();
  return (
    <ul className="usage">
      {capacity.map((row) => {
        const measured = used.find((one) => one.flavor === row.flavor && one.resource === row.resource)?.amount;
        const whole = amount(row.resource, row.amount);
        const words =
          measured === undefined
            ? t('capacityOf', { amount: whole })
            : t('usedOf', { used: formatAmount(row.resource, measured, i18n.language), amount: whole });
        return (
          <li key={`${row.flavor} ${row.resource}`}>
            <span className="tabular">
              {words} {needsNoName(row, capacity) ? null : <span className="muted">{row.flavor}</span>}
            </span>
            {measured ? (
              <span className="quota-bar" style={{ height: 6 }} aria-hidden="true">
                <span className="quota-part quota-used" style={{ width: `${share(measured, row.amount)}%` }} />
              </span>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
