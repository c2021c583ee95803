import { ErrorPanel } from '@shared/components/ErrorPanel';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Asked, askedQuery } from '../api';
import { usePorts } from './usePorts';

/** Projects that opened their side towards this one, and wait for ours. Nothing is drawn while nobody asks. */
export function Requests({ project, onAnswer }: { project: string; onAnswer: (asked: Asked) => void }) {
  const { t } = useTranslation('isolation');
  const ports = usePorts();
  const { data, error } = useQuery(askedQuery(project));
  if (error) return <ErrorPanel error={error} />;
  if (!data?.results.length) return null;
  return (
    <section aria-label={t('asked')}>
      <h3>{t('asked')}</h3>
      {data.results.map((asked) => (
        <Flex key={asked.id} gap={8} align="center" wrap>
          <span>
            {t(asked.direction === 'ingress' ? 'askedIngress' : 'askedEgress', {
              project: asked.project,
              what: ports(asked),
            })}
          </span>
          {asked.description && <span className="muted">{asked.description}</span>}
          <Button
            size="small"
            aria-label={t('answerNamed', { project: asked.project })}
            onClick={() => onAnswer(asked)}
          >
            {t('answer')}
          </Button>
        </Flex>
      ))}
      {data.more && <span className="muted">{t('moreAsked')}</span>}
    </section>
  );
}
