import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BucketUseForm } from '../model/form';
import type { Offers } from './offers';
import { AccessSelect, UsedRows } from './UsedRows';

/** Buckets that the replicas use: which folder, and whether they write. */
export function BucketFields({ offers }: { offers: Offers }) {
  const { t } = useTranslation('jobs');
  return (
    <UsedRows<BucketUseForm> of="buckets" offers={offers}>
      {(row, change, number) => (
        <>
          <Input
            className="mono"
            style={{ flex: '1 1 160px' }}
            aria-label={t('buckets.folderOf', { number })}
            placeholder={t('buckets.whole')}
            value={row.prefix ?? ''}
            onChange={(event) => change({ prefix: event.target.value })}
          />
          <AccessSelect of="buckets" number={number} value={row.access} onChange={(access) => change({ access })} />
        </>
      )}
    </UsedRows>
  );
}
