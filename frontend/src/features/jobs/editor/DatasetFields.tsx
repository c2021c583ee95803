import { InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DatasetUseForm } from '../model/form';
import type { Offers } from './offers';
import { UsedRows } from './UsedRows';

/** Datasets that the replicas read: which version. */
export function DatasetFields({ offers }: { offers: Offers }) {
  const { t } = useTranslation('jobs');
  return (
    <UsedRows<DatasetUseForm> of="datasets" offers={offers}>
      {(row, change, number) => (
        <InputNumber
          style={{ flex: '0.5 1 160px' }}
          aria-label={t('datasets.versionOf', { number })}
          placeholder={t('datasets.newest')}
          min={1}
          precision={0}
          value={row.version ?? null}
          onChange={(version) => change({ version })}
        />
      )}
    </UsedRows>
  );
}
