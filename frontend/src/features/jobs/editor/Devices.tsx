import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Segmented, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from '../components/jobs.module.css';
import type { Path } from '../model/document';
import { DEVICE_KINDS, type DeviceForm } from '../model/form';
import { useBound, useSpec } from './context';
import { ChoiceField, NumberField, QuantityField, SuggestField } from './fields';
import type { Offers } from './offers';

interface DevicesProps {
  path: Path;
  devices: readonly DeviceForm[];
  offers: Offers;
}

/** What each replica needs of GPUs and the like, by flavor or by need. */
export function Devices({ path, devices, offers }: DevicesProps) {
  const { t } = useTranslation('jobs');
  const { set } = useSpec();
  const { error } = useBound(path);
  const put = (next: DeviceForm[]) => set(path, next.length > 0 ? next : undefined);
  return (
    <div style={{ marginBottom: 16 }}>
      {devices.map((device, index) => (
        <DeviceRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a need is its place in the list
          key={index}
          path={[...path, index]}
          device={device}
          offers={offers}
          onRemove={() => put(devices.filter((_, place) => place !== index))}
        />
      ))}
      {error && <p style={{ color: 'var(--hanse-bad)' }}>{error}</p>}
      <Button
        type="dashed"
        icon={<PlusOutlined />}
        onClick={() =>
          put([
            ...devices,
            offers.flavors[0] ? { flavor: offers.flavors[0].value, count: 1 } : { kind: 'gpu', count: 1 },
          ])
        }
      >
        {t('form.addDevice')}
      </Button>
    </div>
  );
}

function DeviceRow({
  path,
  device,
  offers,
  onRemove,
}: {
  path: Path;
  device: DeviceForm;
  offers: Offers;
  onRemove: () => void;
}) {
  const { t } = useTranslation('jobs');
  const { set } = useSpec();
  const { error } = useBound(path);
  const byNeed = typeof device.kind === 'string';
  return (
    <div className={styles.role}>
      <Space style={{ width: '100%', justifyContent: 'space-between', marginBottom: 8 }}>
        <Segmented
          aria-label={t('form.deviceBy')}
          value={byNeed ? 'need' : 'flavor'}
          options={[
            { value: 'flavor', label: t('form.byFlavor') },
            { value: 'need', label: t('form.byNeed') },
          ]}
          onChange={(chosen) =>
            set(
              path,
              chosen === 'need'
                ? { kind: 'gpu', count: device.count ?? 1 }
                : { flavor: offers.flavors[0]?.value ?? '', count: device.count ?? 1 },
            )
          }
        />
        <Button type="text" icon={<DeleteOutlined />} onClick={onRemove} aria-label={t('form.removeDevice')} />
      </Space>
      <div className={styles.grid}>
        {byNeed ? (
          <>
            <ChoiceField
              path={[...path, 'kind']}
              label={t('form.kind')}
              options={DEVICE_KINDS.map((one) => ({ value: one, label: one.toUpperCase() }))}
            />
            <QuantityField
              path={[...path, 'unit_memory_bytes']}
              label={t('form.unitMemory')}
              help={t('form.unitMemoryHelp')}
              placeholder="32Gi"
            />
          </>
        ) : (
          <SuggestField
            path={[...path, 'flavor']}
            label={t('form.flavor')}
            help={t('form.flavorHelp')}
            options={offers.flavors}
          />
        )}
        <NumberField
          path={[...path, 'count']}
          label={t('form.count')}
          help={t('form.each')}
          min={1}
          max={1024}
          placeholder="1"
        />
      </div>
      {error && <p style={{ color: 'var(--hanse-bad)' }}>{error}</p>}
    </div>
  );
}
