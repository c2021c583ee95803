import { failureOf, useOperation } from '@shared/api/operations';
import { useAct } from '@shared/api/useAct';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { useDuration } from '@shared/components/values';
import { formatNumber, share } from '@shared/lib/units';
import { Alert, Flex, Form, InputNumber, Select, Skeleton, Slider, Tag } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askEstimate, type Estimate, PARTS, type Place } from '../api';

interface Given {
  place: string;
  memory: number;
  dirty: number;
  link: number;
  concurrent: number;
}

const GIB = 2 ** 30;
const PAUSE_MS = 250;

/** What a move would take; every change of a slider is asked anew, and the last answer stays until the next one is there. */
export function EstimatePanel({ places }: { places: readonly Place[] }) {
  const { t } = useTranslation('moves');
  const first = places[0];
  const [given, setGiven] = useState<Given>({
    place: first?.slug ?? '',
    memory: 16,
    dirty: 20,
    link: Math.round((first?.link_bits_per_second ?? 1e10) / 1e9) || 1,
    concurrent: 1,
  });
  const [operation, setOperation] = useState('');
  const { mutate, error } = useAct({
    act: askEstimate,
    onDone: ({ id }) => setOperation(id),
    onProblem: () => undefined,
  });
  useEffect(() => {
    const timer = setTimeout(
      () =>
        mutate({
          place: given.place,
          memory_bytes: given.memory * GIB,
          dirty_bytes_per_second: given.dirty * 2 ** 20,
          link_bits_per_second: given.link * 1e9,
          concurrent: given.concurrent,
          disk_bytes: 0,
          local_disk: false,
          tunnelled: false,
        }),
      PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [given, mutate]);
  const now = useOperation(operation);
  const [last, setLast] = useState<Estimate | null>(null);
  useEffect(() => {
    if (now?.state === 'succeeded') setLast(now.result as unknown as Estimate);
  }, [now]);
  const problem = error ?? failureOf(now);
  const change = (changes: Partial<Given>) => setGiven((old) => ({ ...old, ...changes }));
  return (
    <section aria-label={t('moves.estimate')} style={{ marginBottom: 24 }}>
      <h2>{t('moves.estimate')}</h2>
      <Flex gap={32} wrap>
        <Form layout="vertical" style={{ flex: '1 1 280px', maxWidth: 420 }}>
          <Form.Item label={t('moves.place')} htmlFor="estimate-place">
            <Select
              id="estimate-place"
              value={given.place}
              onChange={(place) => change({ place })}
              options={places.map(({ slug }) => ({ value: slug, label: slug }))}
            />
          </Form.Item>
          <Form.Item label={t('estimate.memory')} htmlFor="estimate-memory">
            <InputNumber
              id="estimate-memory"
              min={1}
              max={24_576}
              precision={0}
              value={given.memory}
              onChange={(memory) => memory && change({ memory })}
            />
          </Form.Item>
          <Amount
            label={t('estimate.dirty')}
            value={given.dirty}
            min={0}
            max={2000}
            set={(dirty) => change({ dirty })}
          />
          <Amount label={t('estimate.link')} value={given.link} min={1} max={100} set={(link) => change({ link })} />
          <Amount
            label={t('estimate.concurrent')}
            value={given.concurrent}
            min={1}
            max={8}
            set={(concurrent) => change({ concurrent })}
          />
        </Form>
        <div style={{ flex: '2 1 360px' }} aria-live="polite">
          {problem ? <ErrorPanel error={problem} /> : null}
          {last ? <Answer estimate={last} /> : problem ? null : <Skeleton active paragraph={{ rows: 5 }} />}
        </div>
      </Flex>
    </section>
  );
}

interface AmountProps {
  label: string;
  value: number;
  min: number;
  max: number;
  set: (value: number) => void;
}

function Amount({ label, value, min, max, set }: AmountProps) {
  return (
    <Form.Item label={`${label}: ${value}`}>
      <Slider ariaLabelForHandle={label} min={min} max={max} value={value} onChange={set} />
    </Form.Item>
  );
}

function Answer({ estimate }: { estimate: Estimate }) {
  const { t, i18n } = useTranslation('moves');
  const duration = useDuration();
  const seconds = (value: number) => formatNumber(value, i18n.language);
  const parts = PARTS.filter((part) => estimate.parts[part] > 0);
  const dominant = t(`estimate.parts.${estimate.dominant}`);
  return (
    <Flex vertical gap={12}>
      <div>
        <span className="muted">{t('estimate.duration')}</span>
        <div className="tabular" style={{ fontSize: 22 }}>
          {duration(estimate.seconds)}
        </div>
        <span className="muted">
          {t('estimate.band', { low: duration(estimate.low), high: duration(estimate.high) })}
          {estimate.size_known || estimate.moves === 0 ? null : ` ${t('estimate.unknownSize')}`}
        </span>
      </div>
      <div>
        <span className="muted">{t('estimate.downtime')}</span>
        <div className="tabular" style={{ fontSize: 22 }}>
          {t('estimate.seconds', { value: seconds(estimate.downtime_seconds) })}{' '}
          {estimate.downtime_from === 'simulated' ? <Tag color="warning">{t('estimate.simulated')}</Tag> : null}
        </div>
        <span className="muted">
          {estimate.downtime_low === null || estimate.downtime_high === null
            ? t('estimate.simulatedText')
            : t('estimate.calibrated', {
                low: seconds(estimate.downtime_low),
                high: seconds(estimate.downtime_high),
              })}
        </span>
      </div>
      {estimate.converges ? null : <Alert type="warning" showIcon title={t('estimate.never')} />}
      <ul className="usage">
        {parts.map((part) => (
          <li key={part}>
            <span className="tabular">
              {t(`estimate.parts.${part}`)} <span className="muted">{duration(estimate.parts[part])}</span>
            </span>
            <span className="quota-bar" style={{ height: 6 }} aria-hidden="true">
              <span
                className="quota-part quota-used"
                style={{ width: `${share(estimate.parts[part], estimate.seconds)}%` }}
              />
            </span>
          </li>
        ))}
      </ul>
      <p>
        {estimate.halved_by === null
          ? t('estimate.notHalved', { part: dominant })
          : t('estimate.halved', { part: dominant, times: seconds(estimate.halved_by) })}
      </p>
    </Flex>
  );
}
