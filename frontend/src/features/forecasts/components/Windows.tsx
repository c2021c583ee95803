import { failureOf, useOperation } from '@shared/api/operations';
import { useAct } from '@shared/api/useAct';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { ExactTime, useDuration, useExactTime } from '@shared/components/values';
import { formatNumber, formatPercent } from '@shared/lib/units';
import { Flex, Form, InputNumber, Select, Skeleton, Table, Tag } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askWindows, type WindowAdvice } from '../api';

interface Given {
  /** Hours from now; null: no limit. */
  notBefore: number | null;
  deadline: number | null;
  downtime: number | null;
}

const PAUSE_MS = 250;
const HOUR = 3_600_000;
const LATER = [3, 6, 12, 24, 36, 48];

const inHours = (hours: number | null) =>
  hours === null ? undefined : new Date(Date.now() + hours * HOUR).toISOString();

/** When moving this VM hurts least; every change of a limit is asked anew. */
export function Windows({ target }: { target: string }) {
  const { t } = useTranslation('forecasts');
  const [given, setGiven] = useState<Given>({ notBefore: null, deadline: null, downtime: null });
  const [operation, setOperation] = useState('');
  const { mutate, error } = useAct({
    act: askWindows,
    onDone: ({ id }) => setOperation(id),
    onProblem: () => undefined,
  });
  useEffect(() => {
    const timer = setTimeout(
      () =>
        mutate({
          target,
          not_before: inHours(given.notBefore),
          deadline: inHours(given.deadline),
          most_downtime_seconds: given.downtime ?? undefined,
        }),
      PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [target, given, mutate]);
  const now = useOperation(operation);
  const [last, setLast] = useState<WindowAdvice | null>(null);
  useEffect(() => {
    if (now?.state === 'succeeded') setLast(now.result as unknown as WindowAdvice);
  }, [now]);
  const problem = error ?? failureOf(now);
  const change = (changes: Partial<Given>) => setGiven((old) => ({ ...old, ...changes }));
  const hours = LATER.map((value) => ({ value, label: t('windows.in', { count: value }) }));
  return (
    <section aria-label={t('windows.title')}>
      <h2>{t('windows.title')}</h2>
      <Form layout="inline" style={{ marginBottom: 12, rowGap: 8 }}>
        <Form.Item label={t('windows.notBefore')} htmlFor="window-not-before">
          <Select
            id="window-not-before"
            allowClear
            style={{ minWidth: 130 }}
            placeholder={t('windows.now')}
            value={given.notBefore}
            onChange={(notBefore) => change({ notBefore: notBefore ?? null })}
            options={hours}
          />
        </Form.Item>
        <Form.Item label={t('windows.deadline')} htmlFor="window-deadline">
          <Select
            id="window-deadline"
            allowClear
            style={{ minWidth: 130 }}
            placeholder={t('windows.noLimit')}
            value={given.deadline}
            onChange={(deadline) => change({ deadline: deadline ?? null })}
            options={hours}
          />
        </Form.Item>
        <Form.Item label={t('windows.downtime')} htmlFor="window-downtime">
          <InputNumber
            id="window-downtime"
            min={0}
            max={3600}
            step={0.1}
            placeholder={t('windows.noLimit')}
            value={given.downtime}
            onChange={(downtime) => change({ downtime })}
          />
        </Form.Item>
      </Form>
      <div aria-live="polite">
        {problem ? (
          <ErrorPanel error={problem} />
        ) : last ? (
          <Answer advice={last} />
        ) : (
          <Skeleton active paragraph={{ rows: 3 }} />
        )}
      </div>
    </section>
  );
}

function Answer({ advice }: { advice: WindowAdvice }) {
  const { t, i18n } = useTranslation('forecasts');
  const exact = useExactTime();
  const duration = useDuration();
  const points = (value: number) => formatNumber(value, i18n.language);
  const [best] = advice.windows;
  const most = points(Math.max(0, ...advice.windows.map(({ gain }) => gain)));
  return (
    <Flex vertical gap={12}>
      <div>
        <strong>
          {advice.any_time
            ? t('windows.anyTime', { gain: most })
            : best
              ? t('windows.best', {
                  at: exact(Date.parse(best.starts_at)),
                  gain: points(best.gain),
                  low: points(best.low),
                  high: points(best.high),
                })
              : null}
        </strong>{' '}
        <span className="muted">
          {t('windows.takes', {
            low: duration(advice.duration.low),
            high: duration(advice.duration.high),
            load: formatPercent(advice.now.load / 100, i18n.language),
          })}
        </span>
      </div>
      <Table
        rowKey="starts_at"
        size="small"
        pagination={false}
        dataSource={advice.windows}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('windows.from'), render: (_, one) => <ExactTime at={one.starts_at} /> },
          { title: t('windows.load'), render: (_, one) => formatPercent(one.load / 100, i18n.language) },
          {
            title: t('windows.gain'),
            render: (_, one) =>
              t('windows.gainOf', { gain: points(one.gain), low: points(one.low), high: points(one.high) }),
          },
          {
            title: t('windows.stands'),
            render: (_, one) => (
              <>
                {t('windows.seconds', { value: points(one.downtime_seconds) })}{' '}
                {advice.duration.downtime_from === 'simulated' ? (
                  <Tag color="warning">{t('windows.simulated')}</Tag>
                ) : null}
              </>
            ),
          },
        ]}
      />
      {advice.dirty_from === 'assumed' ? <p className="muted">{t('windows.assumed')}</p> : null}
    </Flex>
  );
}
