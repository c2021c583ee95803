import type { Cluster } from '@shared/api/clusters';
import { http } from '@shared/api/http';
import { failureOf, type Operation, useOperation } from '@shared/api/operations';
import { useAct } from '@shared/api/useAct';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { ProgressBar } from '@shared/components/ProgressBar';
import { Alert, Checkbox, Flex, InputNumber, Modal, Skeleton } from 'antd';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DrainProgress, Node, PodThere } from '../api';

/** Shows what draining a node would hit, begins it, and then how far it is. Closing it stops nothing. */
export function Drain({ cluster, node, onClose }: { cluster: Cluster; node: Node; onClose: () => void }) {
  const { t } = useTranslation('clusters');
  const [preview, setPreview] = useState('');
  const [begun, setBegun] = useState('');
  const [minutes, setMinutes] = useState(15);
  const field = useId();
  const [unmanaged, setUnmanaged] = useState(false);
  const path = `/clusters/${cluster.id}/nodes/${node.id}/drain/`;
  const look = useAct<void, Operation>({
    act: () => http.post<Operation>(`${path}preview/`),
    onDone: ({ id }) => setPreview(id),
  });
  const begin = useAct<void, Operation>({
    act: () => http.post<Operation>(path, { patience_seconds: minutes * 60, unmanaged }),
    changes: [['clusters', cluster.id, 'nodes']],
    onDone: ({ id }) => setBegun(id),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is asked once, when the dialog opens.
  useEffect(() => look.mutate(), []);
  const found = useOperation(preview);
  const drain = useOperation(begun);
  const pods = found?.state === 'succeeded' ? (found.result?.pods as PodThere[]) : null;
  return (
    <Modal
      open
      width={720}
      title={t('drainNode', { name: node.name })}
      okText={t('drain')}
      okButtonProps={{
        danger: true,
        disabled: !pods,
        loading: begin.isPending,
        ...(begun ? { style: { display: 'none' } } : {}),
      }}
      onOk={() => begin.mutate()}
      onCancel={onClose}
      {...(begun ? { cancelText: t('drainClose') } : {})}
    >
      {begun ? (
        <Progress drain={drain} />
      ) : (
        <Flex vertical gap={12}>
          <span>{t('drainText')}</span>
          <Failure operation={found} />
          {pods ? <Pods pods={pods} /> : found?.problem ? null : <Skeleton active title={false} />}
          {pods?.some((pod) => pod.stays === 'unmanaged') ? (
            <Checkbox checked={unmanaged} onChange={(event) => setUnmanaged(event.target.checked)}>
              {t('drainUnmanaged')}
            </Checkbox>
          ) : null}
          <label htmlFor={field}>
            {t('drainPatience')}{' '}
            <InputNumber
              id={field}
              min={1}
              max={1440}
              value={minutes}
              suffix={t('minutes')}
              onChange={(value) => setMinutes(value ?? 15)}
            />
          </label>
        </Flex>
      )}
    </Modal>
  );
}

function Failure({ operation }: { operation: Operation | undefined }) {
  const failure = failureOf(operation);
  return failure ? <ErrorPanel brief error={failure} /> : null;
}

function Pods({ pods }: { pods: PodThere[] }) {
  const { t } = useTranslation('clusters');
  const hit = pods.filter((pod) => !pod.stays);
  const failing = new Set(hit.filter((pod) => pod.job && !pod.job.restarts).map((pod) => pod.job?.id));
  if (pods.length === 0) return <p className="muted">{t('drainNothing')}</p>;
  return (
    <>
      <strong>{t('drainHits', { count: hit.length })}</strong>
      {failing.size > 0 ? <Alert type="warning" showIcon title={t('drainFails', { count: failing.size })} /> : null}
      <ul className="casualties">
        {pods.map((pod) => (
          <li key={`${pod.namespace}/${pod.name}`}>
            {pod.job ? (
              <>
                <strong>{pod.job.name}</strong>{' '}
                <span className="muted">
                  {pod.job.tenant}/{pod.job.project} · {pod.job.submitted_by}
                </span>
              </>
            ) : (
              <span className="mono">
                {pod.namespace}/{pod.name}
              </span>
            )}
            <div className="muted">
              <Fate pod={pod} />
              {pod.budgets.map((budget) => (
                <span key={budget.name}>
                  {' · '}
                  {t('drainBudget', { name: budget.name, count: budget.allowed })}
                </span>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function Fate({ pod }: { pod: PodThere }) {
  const { t } = useTranslation('clusters');
  if (pod.stays) return t(`drainStays.${pod.stays}`);
  if (!pod.job) return t('drainMadeAnew', { owner: pod.owner });
  if (!pod.job.restarts) return t('drainJobFails');
  return t(pod.job.gang ? 'drainJobRestarts' : 'drainReplicaRestarts');
}

function Progress({ drain }: { drain: Operation | undefined }) {
  const { t } = useTranslation('clusters');
  const result = drain?.result as DrainProgress | null | undefined;
  if (!drain || (!result && drain.state === 'pending')) return <Skeleton active title={false} />;
  return (
    <Flex vertical gap={12} aria-live="polite">
      <Failure operation={drain} />
      {result ? (
        <>
          <span>
            {t('drainLeft', { left: result.left, count: result.total })}{' '}
            <ProgressBar
              share={result.total ? result.left / result.total : 1}
              label={t('drain')}
              failed={drain.state === 'failed'}
            />
          </span>
          <ul className="casualties">
            {result.waiting.map((pod) => (
              <li key={`${pod.namespace}/${pod.name}`}>
                <span className="mono">
                  {pod.namespace}/{pod.name}
                </span>
                <div className="muted">{pod.why}</div>
              </li>
            ))}
          </ul>
          {result.stays.length > 0 ? (
            <span className="muted">{t('drainStayed', { count: result.stays.length })}</span>
          ) : null}
        </>
      ) : null}
      {drain.state === 'succeeded' ? <Alert type="success" showIcon title={t('drained')} /> : null}
    </Flex>
  );
}
