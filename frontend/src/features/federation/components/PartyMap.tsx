import { useKey } from '@shared/i18n/key';
import { usePalette } from '@shared/theme/theme';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { healthOf, type Partner, type Party } from '../api';

const [WIDTH, HEIGHT, RADIUS] = [640, 260, 90];
const DRAWN: readonly string[] = ['invited', 'asked', 'answered', 'accepted', 'joining', 'ready', 'suspended', 'cut'];

/** Parties as harbours: a line is a link, its colour its health, dashed while nothing may flow. The table says the same. */
export function PartyMap({ party, partners, slug }: { party: Party; partners: readonly Partner[]; slug: string }) {
  const { t } = useTranslation('federation');
  const key = useKey();
  const palette = usePalette();
  const navigate = useNavigate();
  const around = partners.filter(({ phase }) => DRAWN.includes(phase));
  const [x, y] = [around.length === 1 ? WIDTH / 3 : WIDTH / 2, HEIGHT / 2];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing of links is no set of fields.
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="party-map" role="group" aria-label={t('map')}>
      {around.map((partner, index) => {
        const angle = around.length < 3 ? index * Math.PI : (index * 2 * Math.PI) / around.length;
        const [px, py] = [x + Math.cos(angle) * RADIUS * 2.2, y + Math.sin(angle) * RADIUS];
        const health = healthOf(partner);
        const flows = partner.phase === 'ready' || partner.phase === 'joining';
        const colour = { fine: palette.good, failed: palette.bad, unknown: palette.muted }[health];
        const name = partner.name || (partner.number ? String(partner.number) : t('unnamed'));
        const words = t('mapLine', {
          name,
          phase: key(`shared:status.${partner.phase}`, { fallback: partner.phase }),
          health: key(`shared:status.${health}`, { fallback: health }),
        });
        const open = () =>
          void navigate({ to: '/t/$tenant/parties/$partner', params: { tenant: slug, partner: partner.id } });
        return (
          // biome-ignore lint/a11y/useSemanticElements: a part of a drawing cannot be an anchor of the router.
          <g
            key={partner.id}
            role="link"
            tabIndex={0}
            aria-label={words}
            className="party-link"
            onClick={open}
            onKeyDown={(event) => event.key === 'Enter' && open()}
          >
            <title>{words}</title>
            <line x1={x} y1={y} x2={px} y2={py} stroke={colour} strokeWidth={3} strokeDasharray={flows ? '' : '6 6'} />
            <Harbour x={px} y={py} name={name} number={partner.number} colour={colour} />
          </g>
        );
      })}
      <Harbour x={x} y={y} name={party.name} number={party.number} colour={palette.primary} />
    </svg>
  );
}

function Harbour({
  x,
  y,
  name,
  number,
  colour,
}: {
  x: number;
  y: number;
  name: string;
  number: number | null;
  colour: string;
}) {
  const palette = usePalette();
  return (
    <>
      <circle cx={x} cy={y} r={18} fill={palette.ground} stroke={colour} strokeWidth={3} />
      <path
        d={`M${x - 9} ${y + 4}h18l-4 5h-10zM${x} ${y - 9}v11M${x} ${y - 8}l6 8h-6`}
        fill="none"
        stroke={colour}
        strokeWidth={1.6}
      />
      <text x={x} y={y + 36} textAnchor="middle" fill={palette.text} fontSize={13}>
        {name.length > 24 ? `${name.slice(0, 23)}…` : name}
      </text>
      {number === null ? null : (
        <text x={x} y={y + 51} textAnchor="middle" fill={palette.muted} fontSize={12}>
          {number}
        </text>
      )}
    </>
  );
}
