import { useAct } from '@shared/api/useAct';
import { ConfirmByTyping } from '@shared/components/ConfirmByTyping';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { destroySecret, type Secret, usesQuery } from '../api';
import { Uses } from './Uses';

export function DestroySecret({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const { t } = useTranslation('secrets');
  const { data: uses } = useQuery(usesQuery(secret));
  const destroy = useAct({
    act: () => destroySecret(secret),
    done: t('destroyed', { name: secret.name }),
    changes: [['projects', secret.project_id, 'secrets']],
    onDone: onClose,
    onProblem: () => undefined,
  });
  return (
    <ConfirmByTyping
      open
      title={t('destroyTitle', { name: secret.name })}
      action={t('destroyAct')}
      word={secret.name}
      pending={destroy.isPending}
      error={destroy.error}
      onConfirm={() => destroy.mutate()}
      onCancel={onClose}
    >
      <span>{t('destroyText')}</span>
      {uses && uses.uses.length > 0 ? (
        <div>
          {t('destroyUses', { count: uses.uses.length })}
          <Uses uses={uses} />
        </div>
      ) : null}
    </ConfirmByTyping>
  );
}
