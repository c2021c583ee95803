import { EmptyState } from '@shared/components/EmptyState';
import { PageHeader } from '@shared/components/PageHeader';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { RelativeTime } from '@shared/components/values';
import { formatNumber } from '@shared/lib/units';
import { useLivePage } from '@shared/live/useStream';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import { may, usePlace } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskPlan } from '../components/AskPlan';
import { PlanState } from '../components/PlanState';
import { type Plan, plansQuery } from '../plans';

const LIVE = { tenant: 'platform', kinds: ['move-plan'] } as const;

/** Plans of moves, the newest first. */
export function PlansPage() {
  const { t, i18n } = useTranslation('moves');
  const { t: shared } = useTranslation();
  const mayManage = may(usePlace(), 'moves.manage', 'platform');
  const [view] = useView<ListSearch>();
  const query = useQuery(plansQuery(view));
  const { changes, refresh } = useLivePage<Plan>(plansQuery(view).queryKey, LIVE);
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const columns: Column<Plan>[] = [
    {
      key: 'goal',
      title: t('plans.goal'),
      always: true,
      render: ({ id, goal, hosts }) => (
        <Link to="/platform/plans/$plan" params={{ plan: id }}>
          {t(`plans.goals.${goal}`)} {hosts.length ? t('plans.ofHosts', { count: hosts.length }) : null}
        </Link>
      ),
    },
    { key: 'state', title: t('plans.state'), render: ({ state }) => <PlanState state={state} /> },
    {
      key: 'moves',
      title: t('plans.moves'),
      render: ({ moves, succeeded, failed }) => t('plans.movesOf', { moves, succeeded, failed }),
    },
    {
      key: 'gain',
      title: t('plans.gain'),
      render: ({ totals }) =>
        totals?.mean_gain == null ? '—' : t('plans.points', { value: formatNumber(totals.mean_gain, i18n.language) }),
    },
    { key: 'made', title: t('plans.asked'), render: ({ created_at: at }) => <RelativeTime at={at} /> },
  ];
  const ask = mayManage ? (
    <Button type="primary" onClick={() => setAsking(true)}>
      {t('plans.ask')}
    </Button>
  ) : null;
  return (
    <div className="page">
      <PageHeader
        title={shared('pages.plans')}
        facts={t('plans.lead')}
        actions={ask}
        api={{ method: 'GET', path: '/move-plans/' }}
      />
      <ResourceTable
        name="move-plans"
        label={shared('pages.plans')}
        query={query}
        columns={columns}
        changes={changes}
        onRefresh={refresh}
        empty={
          <EmptyState title={t('plans.empty')} action={ask}>
            {t('plans.emptyText')}
          </EmptyState>
        }
      />
      <AskPlan
        open={asking}
        onClose={() => setAsking(false)}
        onDone={({ id }) => void navigate({ to: '/platform/plans/$plan', params: { plan: id } })}
      />
    </div>
  );
}
