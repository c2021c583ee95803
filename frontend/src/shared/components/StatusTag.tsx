/** A state: icon, word and colour, everywhere the same; never colour alone. What we do not know is drawn as unknown. */
import { useKey } from '@shared/i18n/key';
import type { Palette } from '@shared/theme/palette';
import { usePalette } from '@shared/theme/theme';
import { Tooltip } from 'antd';
import type { ReactNode } from 'react';

type Tone = 'muted' | 'information' | 'primary' | 'warning' | 'good' | 'bad';

const stroke = (path: string): ReactNode => <path d={path} fill="none" />;
const dot = <circle cx="8" cy="8" r="5" />;

const ICONS = {
  pencil: stroke('M3 13l.6-2.6L10.9 3.1l2 2L5.6 12.4z'),
  clock: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" />
      {stroke('M8 4.5V8l2.5 1.8')}
    </>
  ),
  ticket: stroke('M2 5h12v2a1.2 1.2 0 000 2.4V11.5H2V9.4A1.2 1.2 0 002 7zM10 5v6.5'),
  ring: (
    <>
      <circle cx="8" cy="8" r="5.5" fill="none" strokeOpacity="0.35" />
      {stroke('M8 2.5A5.5 5.5 0 0113.5 8')}
    </>
  ),
  triangle: <path d="M5 3l8 5-8 5z" />,
  bars: stroke('M5.5 3.5v9M10.5 3.5v9'),
  down: stroke('M8 3v10M4 9l4 4 4-4'),
  loop: stroke('M13 8a5 5 0 11-1.5-3.6M13 2.5V5h-2.5'),
  check: stroke('M3 8.5l3.5 3.5L13 4.5'),
  cross: stroke('M4 4l8 8M12 4l-8 8'),
  slash: (
    <>
      <circle cx="8" cy="8" r="5.5" fill="none" />
      {stroke('M4.2 11.8l7.6-7.6')}
    </>
  ),
  antenna: stroke(
    'M8 7v7M5.5 9.5a3.5 3.5 0 010-5M10.5 9.5a3.5 3.5 0 000-5M3.5 11.5a6.2 6.2 0 010-9M12.5 11.5a6.2 6.2 0 000-9',
  ),
  question: stroke('M5.5 6a2.5 2.5 0 113.7 2.2c-.8.5-1.2 1-1.2 1.8M8 12.6v.4'),
  half: (
    <>
      <circle cx="8" cy="8" r="5.5" fill="none" />
      <path d="M8 2.5a5.5 5.5 0 010 11z" />
    </>
  ),
  square: <rect x="4" y="4" width="8" height="8" rx="1" />,
  dot,
} satisfies Record<string, ReactNode>;

const STATES: Record<string, [icon: keyof typeof ICONS, tone: Tone]> = {
  draft: ['pencil', 'muted'],
  queued: ['clock', 'muted'],
  waiting: ['clock', 'muted'],
  pending: ['clock', 'muted'],
  admitted: ['ticket', 'information'],
  starting: ['ring', 'information'],
  deploying: ['ring', 'information'],
  unready: ['half', 'warning'],
  deleting: ['loop', 'warning'],
  running: ['triangle', 'primary'],
  suspended: ['bars', 'muted'],
  paused: ['bars', 'muted'],
  preempted: ['down', 'warning'],
  restarting: ['loop', 'warning'],
  succeeded: ['check', 'good'],
  failed: ['cross', 'bad'],
  cancelled: ['slash', 'muted'],
  stopped: ['square', 'muted'],
  lost: ['question', 'bad'],
  stale: ['antenna', 'warning'],
  healthy: ['check', 'good'],
  degraded: ['half', 'warning'],
  down: ['cross', 'bad'],
  unknown: ['question', 'muted'],
  fine: ['check', 'good'],
  advisory: ['half', 'warning'],
  blocking: ['cross', 'bad'],
  active: ['check', 'good'],
  draining: ['down', 'warning'],
  closed: ['slash', 'muted'],
  removing: ['loop', 'warning'],
  requested: ['clock', 'muted'],
  approved: ['check', 'good'],
  declined: ['cross', 'muted'],
  withdrawn: ['slash', 'muted'],
  ended: ['loop', 'muted'],
  live: ['dot', 'good'],
  connecting: ['ring', 'muted'],
  delayed: ['antenna', 'warning'],
  invited: ['clock', 'muted'],
  asked: ['ticket', 'warning'],
  answered: ['ticket', 'warning'],
  accepted: ['clock', 'information'],
  joining: ['ring', 'information'],
  ready: ['check', 'good'],
  cut: ['cross', 'bad'],
  refused: ['slash', 'muted'],
  left: ['slash', 'muted'],
  proposed: ['clock', 'information'],
  offered: ['ticket', 'warning'],
  agreed: ['check', 'good'],
  replaced: ['loop', 'muted'],
  revoked: ['slash', 'muted'],
  expired: ['clock', 'muted'],
};

const colourOf = (palette: Palette, tone: Tone) => palette[tone];

/** Only the icon, for places where the word stands beside it already. */
export function StatusIcon({ status, size = 14 }: { status: string; size?: number }) {
  const palette = usePalette();
  const [icon, tone] = STATES[status] ?? ['question', 'muted'];
  const colour = colourOf(palette, tone);
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
      fill={colour}
      stroke={colour}
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none' }}
    >
      {ICONS[icon]}
    </svg>
  );
}

interface Props {
  /** A phase of a job, tenant or replica, a health, or a state of the connection. */
  status: string;
  /** Why, on hover and focus. */
  reason?: ReactNode;
  /** After the word, such as "3 min ago". */
  suffix?: ReactNode;
}

export function StatusTag({ status, reason, suffix }: Props) {
  const palette = usePalette();
  const key = useKey();
  const tone = STATES[status]?.[1] ?? 'muted';
  const tag = (
    <span
      className="status-tag"
      {...(reason ? { tabIndex: 0 } : {})}
      style={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 6,
        whiteSpace: 'nowrap',
        color: colourOf(palette, tone),
      }}
    >
      <StatusIcon status={status} />
      <span>{key(`shared:status.${status}`, { fallback: status })}</span>
      {suffix ? <span className="muted">{suffix}</span> : null}
    </span>
  );
  return reason ? <Tooltip title={reason}>{tag}</Tooltip> : tag;
}
