import type { Cluster } from '@shared/api/clusters';
import { etagOf, http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { ConfirmByTyping } from '@shared/components/ConfirmByTyping';
import { FormModal } from '@shared/components/FormModal';
import { useNavigate } from '@tanstack/react-router';
import type { FormInstance } from 'antd';
import { useTranslation } from 'react-i18next';
import { ConnectionFields } from './ConnectionFields';

interface Props {
  cluster: Cluster;
  onClose: () => void;
}

interface Given {
  connection?: Record<string, string | undefined>;
}

/** Gives a new credential; what is left empty stays as it is. */
export function RenewConnection({ cluster, onClose }: Props) {
  const { t } = useTranslation('clusters');
  return (
    <FormModal<Given, Cluster>
      open
      width={680}
      title={t('renew', { name: cluster.name })}
      submit={t('renewAct')}
      initial={{}}
      act={({ connection = {} }) =>
        http.patch<Cluster>(
          `/clusters/${cluster.id}/connection/`,
          { connection: Object.fromEntries(Object.entries(connection).filter(([, value]) => value)) },
          { etag: etagOf(cluster) },
        )
      }
      done={t('renewed')}
      changes={[['clusters']]}
      onClose={onClose}
    >
      {(form) => (
        <>
          <p className="muted">{t('renewText')}</p>
          <ConnectionFields form={form as unknown as FormInstance} known={cluster.connection} />
        </>
      )}
    </FormModal>
  );
}

/** Forgets a cluster; what runs there is not touched. */
export function RemoveCluster({ cluster, onClose }: Props) {
  const { t } = useTranslation('clusters');
  const navigate = useNavigate();
  const remove = useAct({
    act: () => http.delete(`/clusters/${cluster.id}/`, { etag: etagOf(cluster) }),
    done: t('removed', { name: cluster.name }),
    changes: [['clusters']],
    onDone: () => void navigate({ to: '/clusters' }),
    onProblem: () => undefined,
  });
  return (
    <ConfirmByTyping
      open
      title={t('remove', { name: cluster.name })}
      action={t('removeAct')}
      word={cluster.slug}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onCancel={onClose}
    >
      <span>{t('removeText')}</span>
    </ConfirmByTyping>
  );
}
