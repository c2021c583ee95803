import { InputNumber } from 'antd';

/** In what a resource is typed: cores, GiB, pieces. */
const UNIT: Record<string, number> = { cpu: 1000, memory: 2 ** 30 };
const STEP: Record<string, number> = { cpu: 0.1, memory: 0.5 };

export const unitOf = (resource: string) => (resource === 'cpu' ? 'CPU' : resource === 'memory' ? 'GiB' : '');

/** What is stored may be finer than what people count in: 7.532226562 GiB reads 7.532, and stays what it is until it is typed over. */
const rounded = (shown: unknown) => String(Number(Number(shown).toFixed(3)));

const isEmpty = (shown: unknown) => shown === undefined || shown === null || shown === '';

interface Props {
  resource: string;
  label: string;
  /** In millicores, bytes or pieces; null is no limit. */
  value?: number | null;
  onChange?: (value: number | null) => void;
  id?: string;
  /** What an empty field means, such as "no limit". */
  empty?: string;
  disabled?: boolean;
  max?: number;
}

/** An amount in the unit that people count in; its value is in the unit of the API. */
export function AmountInput({ resource, label, value, onChange, id, empty, disabled, max }: Props) {
  const unit = UNIT[resource] ?? 1;
  return (
    <InputNumber<number>
      {...(id ? { id } : {})}
      aria-label={label}
      min={0}
      {...(max === undefined ? {} : { max: max / unit })}
      step={STEP[resource] ?? 1}
      precision={unit === 1 ? 0 : 3}
      formatter={(shown, { userTyping, input }) => (userTyping ? input : isEmpty(shown) ? '' : rounded(shown))}
      disabled={disabled ?? false}
      {...(empty ? { placeholder: empty } : {})}
      suffix={unitOf(resource) || null}
      value={value === null || value === undefined ? null : value / unit}
      onChange={(typed) => onChange?.(typed === null ? null : Math.round(typed * unit))}
      style={{ width: 140 }}
    />
  );
}
