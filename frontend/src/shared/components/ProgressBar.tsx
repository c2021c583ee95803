import { formatPercent } from '@shared/lib/units';
import { useTranslation } from 'react-i18next';

interface Props {
  /** 0 … 1; rounded down, so that only what is done says 100 %. */
  share: number;
  label: string;
  failed?: boolean;
  width?: number;
}

/** How far something is, as a bar and in figures. */
export function ProgressBar({ share, label, failed = false, width }: Props) {
  const { i18n } = useTranslation();
  const done = Math.floor(share * 100) / 100;
  return (
    <span className="progress" style={width === undefined ? undefined : { flex: 'none', width }}>
      <progress value={done} max={1} aria-label={label} className={failed ? 'failed' : undefined} />
      <span className="tabular">{formatPercent(done, i18n.language)}</span>
    </span>
  );
}
