import { formatAmount, share } from '@shared/lib/units';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAmount } from './values';

export interface QuotaFigures {
  resource: string;
  nominal: number;
  used: number;
  /** Part of `used` beyond nominal. */
  borrowed: number;
  /** Part of nominal that others use. */
  lent: number;
  free: number;
}

type Part = 'used' | 'borrowed' | 'lent' | 'free';

/** The parts of a bar in the order they are drawn: they add up to nominal + borrowed. */
export function partsOf(line: QuotaFigures): [Part, number][] {
  const within = Math.max(0, line.used - line.borrowed);
  const free = Math.max(0, line.nominal - within - line.lent);
  const parts: [Part, number][] = [
    ['used', within],
    ['borrowed', line.borrowed],
    ['lent', line.lent],
    ['free', free],
  ];
  return parts.filter(([, amount]) => amount > 0);
}

interface Props {
  line: QuotaFigures;
  /** The amount that fills the whole width; bars in one scale share it. */
  scale?: number;
  onSegment?: (part: Part) => void;
  height?: number;
}

/** used | borrowed | lent | free of what is guaranteed, in one bar, with the numbers in words for everybody. */
export function QuotaBar({ line, scale, onSegment, height = 12 }: Props) {
  const { t, i18n } = useTranslation();
  const amount = useAmount();
  const whole = Math.max(scale ?? 0, line.nominal + line.borrowed, 1);
  const parts = partsOf(line);
  const words = (part: Part, value: number) => t(`quota.${part}`, { amount: amount(line.resource, value) });
  const sentence = [
    t('quota.ofNominal', {
      used: formatAmount(line.resource, line.used, i18n.language),
      nominal: amount(line.resource, line.nominal),
    }),
    ...parts.filter(([part]) => part !== 'used').map(([part, value]) => words(part, value)),
  ].join(', ');
  return (
    <div className="quota-bar" style={{ height }} {...(onSegment ? {} : { role: 'img', 'aria-label': sentence })}>
      {parts.map(([part, value]) => {
        const style = { width: `${share(value, whole)}%` };
        return (
          <Tooltip key={part} title={words(part, value)}>
            {onSegment && part !== 'free' && part !== 'lent' ? (
              <button
                type="button"
                className={`quota-part quota-${part}`}
                style={style}
                aria-label={words(part, value)}
                onClick={() => onSegment(part)}
              />
            ) : (
              <span className={`quota-part quota-${part}`} style={style} />
            )}
          </Tooltip>
        );
      })}
    </div>
  );
}

/** What the parts of the bars mean. */
export function QuotaLegend() {
  const { t } = useTranslation();
  return (
    <ul className="quota-legend muted">
      {(['used', 'borrowed', 'lent', 'free'] as const).map((part) => (
        <li key={part}>
          <span className={`quota-part quota-${part}`} aria-hidden="true" />
          {t(`quota.legend.${part}`)}
        </li>
      ))}
    </ul>
  );
}
