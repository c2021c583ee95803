import { useAct } from '@shared/api/useAct';
import { ErrorPage } from '@shared/components/ErrorPage';
import { FormModal } from '@shared/components/FormModal';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { useDuration, useExactTime } from '@shared/components/values';
import { formatNumber } from '@shared/lib/units';
import { useLiveObject } from '@shared/live/useStream';
import { may, usePlace } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button, Flex, Form, Select, Skeleton, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Gantt } from '../components/Gantt';
import { Moves } from '../components/Moves';
import { PlanState } from '../components/PlanState';
import { approvePlan, cancelPlan, EXPORTS, exportPath, movesQuery, OPEN, type Plan, planQuery } from '../plans';

const LIVE = { tenant: 'platform', kinds: ['move-plan'] } as const;
/** Points; less is nothing to speak of. */
const LEAST_GAIN = 0.05;
const PACES = [1, 60, 600, 3600];

/** One plan: what it moves when and why then, what stands in the way, and what became of it. */
export function PlanPage() {
  const { t } = useTranslation('moves');
  const { t: shared } = useTranslation();
  const { plan: id } = useParams({ strict: false }) as { plan: string };
  const plan = useQuery(planQuery(id));
  useLiveObject<Plan>(planQuery(id).queryKey, LIVE);
  const whole = useQuery(movesQuery(id, plan.data?.version ?? 0));
  if (plan.error && !plan.data) return <ErrorPage error={plan.error} retry={() => void plan.refetch()} />;
  if (!plan.data) return <PageLoading />;
  const { goal, state, synthetic, pace, problem, approved_at: approved, left } = plan.data;
  return (
    <div className="page">
      <PageHeader
        title={t(`plans.goals.${goal}`)}
        trail={[
          <Link key="plans" to="/platform/plans">
            {shared('pages.plans')}
          </Link>,
        ]}
        facts={
          <>
            <PlanState state={state} /> {synthetic ? <Tag color="warning">{t('plans.synthetic')}</Tag> : null}{' '}
            {approved && pace > 1 ? t('plans.faster', { count: pace }) : null}
          </>
        }
        actions={<Acts plan={plan.data} />}
        api={{ method: 'GET', path: `/move-plans/${id}/` }}
      />
      {problem ? <Alert type="error" showIcon title={String(problem.detail ?? problem.title)} /> : null}
      {state === 'planning' ? <Skeleton active /> : null}
      <Totals plan={plan.data} />
      {left.length ? (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 16 }}
          title={t('plans.left', { count: left.length })}
          description={left
            .map(({ machine, binding }) => `${machine}: ${t(`plans.inTheWay.${binding as 'memory'}`)}`)
            .join('; ')}
        />
      ) : null}
      {whole.data?.moves.length ? (
        <>
          <Gantt plan={whole.data} />
          <Moves moves={whole.data.moves} />
        </>
      ) : null}
    </div>
  );
}

function Totals({ plan: { totals, goal } }: { plan: Plan }) {
  const { t, i18n } = useTranslation('moves');
  const duration = useDuration();
  if (!totals) return null;
  const number = (value: number) => formatNumber(value, i18n.language);
  return (
    <p>
      <strong>
        {t('plans.total', {
          moves: totals.moves,
          downtime: number(totals.downtime_seconds),
          time: duration(totals.seconds),
        })}
      </strong>{' '}
      {totals.mean_gain === null || totals.mean_gain < LEAST_GAIN
        ? null
        : t('plans.totalGain', { gain: number(totals.mean_gain) })}{' '}
      {totals.bound ? t('plans.totalBound', { count: totals.bound }) : t('plans.unbound')}{' '}
      {totals.hosts_emptied ? t('plans.emptied', { count: totals.hosts_emptied }) : null}{' '}
      {goal === 'consolidate' && totals.kwh_a_day ? t('plans.saved', { kwh: number(totals.kwh_a_day) }) : null}
    </p>
  );
}

function Acts({ plan }: { plan: Plan }) {
  const { t } = useTranslation('moves');
  const place = usePlace();
  const exact = useExactTime();
  const [approving, setApproving] = useState(false);
  const changes = [planQuery(plan.id).queryKey];
  const cancel = useAct<string>({ act: cancelPlan, done: t('plans.cancelled'), changes });
  return (
    <Flex gap={8} wrap>
      {EXPORTS.map((as) => (
        <Button key={as} size="small" type="text" href={exportPath(plan.id, as)}>
          {as.toUpperCase()}
        </Button>
      ))}
      {OPEN.includes(plan.state) && may(place, 'moves.manage', 'platform') ? (
        <Button loading={cancel.isPending} onClick={() => cancel.mutate(plan.id)}>
          {t('plans.cancel')}
        </Button>
      ) : null}
      {plan.state === 'recommended' && plan.synthetic && may(place, 'moves.approve', 'platform') ? (
        <Button type="primary" onClick={() => setApproving(true)}>
          {t('plans.approve')}
        </Button>
      ) : null}
      <FormModal<{ pace: number }, Plan>
        open={approving}
        onClose={() => setApproving(false)}
        title={t('plans.approveTitle')}
        submit={t('plans.approve')}
        initial={{ pace: 600 }}
        act={({ pace }) => approvePlan(plan.id, pace)}
        done={t('plans.approved')}
        changes={changes}
      >
        <p>{t('plans.approveText', { at: exact(Date.parse(plan.starts_at)) })}</p>
        <Form.Item name="pace" label={t('plans.pace')}>
          <Select options={PACES.map((pace) => ({ value: pace, label: t('plans.times', { count: pace }) }))} />
        </Form.Item>
      </FormModal>
    </Flex>
  );
}
