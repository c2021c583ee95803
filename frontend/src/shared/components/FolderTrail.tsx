import { Button, Flex } from 'antd';

interface Props {
  /** What the outermost folder is called. */
  root: string;
  /** "a/b" or "a/b/"; empty: the outermost. */
  folder: string;
  label: string;
  /** With the folder as "a/b". */
  onOpen: (folder: string) => void;
}

/** Where somebody is among folders, each a way back. */
export function FolderTrail({ root, folder, label, onOpen }: Props) {
  const names = folder.split('/').filter(Boolean);
  const places = names.map((name, index) => ({ name, where: names.slice(0, index + 1).join('/') }));
  return (
    <nav aria-label={label}>
      <Flex gap={4} align="center" wrap>
        <Button type="link" size="small" onClick={() => onOpen('')}>
          {root}
        </Button>
        {places.map(({ name, where }) => (
          <span key={where}>
            /
            <Button type="link" size="small" onClick={() => onOpen(where)}>
              {name}
            </Button>
          </span>
        ))}
      </Flex>
    </nav>
  );
}
