import type { BucketFile, Chosen } from '../api';
import type { FileActs } from './useFileActs';

/** What a folder shows, as rows or as pictures. */
export interface Listed {
  folder: string;
  folders: readonly string[];
  files: readonly BucketFile[];
  chosen: Chosen;
  onChoose: ((chosen: Chosen) => void) | undefined;
  onOpen: (folder: string) => void;
  onUnpack: ((archive: string) => void) | undefined;
  acts: FileActs;
}

export const nameIn = (folder: string, key: string) => key.slice(folder.length);

export const withChosen = (chosen: Chosen, key: string, on: boolean): Chosen => ({
  ...chosen,
  keys: on ? [...chosen.keys, key] : chosen.keys.filter((one) => one !== key),
});
