import type { Cluster } from '@shared/api/clusters';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { useAmount } from '@shared/components/values';
import { share } from '@shared/lib/units';
import { useQuery } from '@tanstack/react-query';
import { Flex, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Fragments, fragmentationQuery } from '../api';

const FRESH_MS = 15_000;

/** How much of what is free can still take a whole replica, in a sentence a flavor. Nothing where there are no devices. */
export function Fragmentation({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('clusters');
  const { data, error, refetch } = useQuery({ ...fragmentationQuery(cluster.id), refetchInterval: FRESH_MS });
  if (error && !data) return <ErrorPanel error={error} retry={() => void refetch()} />;
  if (!data?.devices.length) return null;
  return (
    <section aria-label={t('inOnePiece')}>
      <strong>{t('inOnePiece')}</strong>
      <p className="muted">{t('inOnePieceText')}</p>
      <ul className="findings">
        {data.devices.map((one) => (
          <OfFlavor key={`${one.flavor} ${one.resource}`} fragments={one} />
        ))}
      </ul>
    </section>
  );
}

function OfFlavor({ fragments }: { fragments: Fragments }) {
  const { t } = useTranslation('clusters');
  const amount = useAmount();
  const { flavor, resource, free, sizes } = fragments;
  const largest = sizes.at(-1)?.size ?? 1;
  const [chosen, setChosen] = useState(largest);
  const room = sizes.find(({ size }) => size === chosen) ?? sizes.at(-1);
  if (!room) return null;
  const figures = { free: amount(resource, free), usable: room.usable, size: room.size, count: room.replicas };
  return (
    <li>
      <Flex justify="space-between" align="center" wrap gap={8}>
        <span className="tabular">
          <strong>{flavor}</strong>{' '}
          {free === 0 ? t('noneFree') : room.replicas === 0 ? t('noPiece', figures) : t('pieces', figures)}{' '}
          {free > room.usable && room.replicas > 0 ? t('tooSmall', { rest: free - room.usable }) : null}
        </span>
        <Segmented<number>
          size="small"
          aria-label={t('replicaOf', { flavor })}
          value={room.size}
          onChange={setChosen}
          options={sizes.map(({ size }) => size)}
        />
      </Flex>
      {free > 0 ? (
        <span className="quota-bar" style={{ height: 6 }} aria-hidden="true">
          <span className="quota-part quota-used" style={{ width: `${share(room.usable, free)}%` }} />
        </span>
      ) : null}
    </li>
  );
}
