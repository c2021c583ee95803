import { FormModal } from '@shared/components/FormModal';
import { useTranslation } from 'react-i18next';
import { rotateSecret, type Secret } from '../api';
import { Entries, type Typed, typedValues } from './Entries';

export function RotateSecret({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const { t } = useTranslation('secrets');
  const entries = secret.keys.map((key) => ({ key, text: '' }));
  return (
    <FormModal<Typed>
      open
      title={t('rotateTitle', { name: secret.name })}
      submit={t('rotate')}
      width={640}
      initial={secret.kind === 'opaque' ? { entries } : {}}
      act={(typed) => rotateSecret(secret, typedValues(secret.kind, typed))}
      done={t('rotated_', { name: secret.name })}
      changes={[['projects', secret.project_id]]}
      onClose={onClose}
    >
      <p>{t('rotateText', { version: secret.newest + 1 })}</p>
      <Entries kind={secret.kind} />
    </FormModal>
  );
}
