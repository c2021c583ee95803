import { EmptyState } from '@shared/components/EmptyState';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Template } from '../api';
import { Gallery } from './Gallery';

interface Props {
  tenant: string;
  onUse: (template: Template) => void;
}

/** The gallery, to start a job from. */
export function Chooser({ tenant, onUse }: Props) {
  const { t } = useTranslation('templates');
  return (
    <Gallery
      tenant={tenant}
      empty={<EmptyState title={t('none')}>{t('noneText')}</EmptyState>}
      actions={(template) => [
        <Button
          key="use"
          type="link"
          onClick={() => onUse(template)}
          aria-label={t('useNamed', { name: template.name })}
        >
          {t('use')}
        </Button>,
      ]}
    />
  );
}
