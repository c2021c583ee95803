import { CopyButton } from '@shared/components/CopyButton';
import { RelativeTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { downloadText } from '@shared/lib/download';
import { Button, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PartyLetter } from '../api';

/** What was written, with the text that proves it to whoever knows the key. */
export function Letters({ letters, number }: { letters: readonly PartyLetter[]; number: number | null }) {
  const { t } = useTranslation('federation');
  const key = useKey();
  if (letters.length === 0) return <p className="muted">{t('noLetters')}</p>;
  const kind = (letter: PartyLetter) => key(`federation:kind.${letter.kind}`, { fallback: letter.kind });
  return (
    <section aria-label={t('letters')}>
      <Table<PartyLetter>
        rowKey="id"
        size="small"
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={[...letters]}
        columns={[
          { title: t('letter'), render: (_, letter) => kind(letter) },
          { title: t('direction'), render: (_, letter) => (letter.outgoing ? t('sent') : t('came')) },
          {
            title: t('state'),
            render: (_, letter) => (
              <>
                {key(`federation:letterState.${letter.state}`, { fallback: letter.state })} {letter.said}
              </>
            ),
          },
          { title: t('since'), render: (_, letter) => <RelativeTime at={letter.created_at} /> },
          {
            title: t('text'),
            render: (_, letter) =>
              letter.outgoing && letter.text ? (
                <>
                  <CopyButton text={letter.text} label={t('copy')} />
                  <Button
                    size="small"
                    type="text"
                    onClick={() => downloadText(`${letter.kind}-${number ?? 'party'}.hanse`, letter.text)}
                  >
                    {t('download')}
                  </Button>
                </>
              ) : null,
          },
        ]}
      />
    </section>
  );
}
