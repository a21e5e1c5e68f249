import { answerBatches } from '../../base/answer-batches';
import { type FolderQuestion, storeSmall } from './small-file';

/** Entry of a folder destination's thread. */
answerBatches((question: FolderQuestion) => storeSmall(question));
