import { usePalette } from '@shared/theme/theme';
import type { Point } from '../model/series';

interface Props {
  points: readonly Point[];
  /** What it shows, with its newest value, for those who do not see it. */
  label: string;
  /** Value at the top; the highest point when absent. */
  most?: number;
  width?: number;
  height?: number;
}

/** The last stretch of a series at the height of a line of text. */
export function Sparkline({ points, label, most, width = 96, height = 20 }: Props) {
  const palette = usePalette();
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const top = Math.max(most ?? 0, ...points.map((point) => point.value)) || 1;
  const span = Math.max(1, last.at - first.at);
  const place = (point: Point) =>
    `${(((point.at - first.at) / span) * (width - 2) + 1).toFixed(1)},${(height - 1 - (point.value / top) * (height - 2)).toFixed(1)}`;
  return (
    <svg width={width} height={height} role="img" aria-label={label} style={{ verticalAlign: 'middle' }}>
      <title>{label}</title>
      <polyline points={points.map(place).join(' ')} fill="none" stroke={palette.primary} strokeWidth={1.5} />
    </svg>
  );
}
