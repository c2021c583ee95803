import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { VolumeUseForm } from '../model/form';
import type { Offers } from './offers';
import { AccessSelect, UsedRows } from './UsedRows';

/** Volumes that the replicas mount: where, and whether they write. */
export function VolumeFields({ offers }: { offers: Offers }) {
  const { t } = useTranslation('jobs');
  return (
    <UsedRows<VolumeUseForm> of="volumes" offers={offers}>
      {(row, change, number) => (
        <>
          <Input
            className="mono"
            style={{ flex: '1 1 160px' }}
            aria-label={t('volumes.pathOf', { number })}
            placeholder={`/volumes/${row.name ?? ''}`}
            value={row.path ?? ''}
            onChange={(event) => change({ path: event.target.value })}
          />
          <AccessSelect of="volumes" number={number} value={row.access} onChange={(access) => change({ access })} />
        </>
      )}
    </UsedRows>
  );
}
