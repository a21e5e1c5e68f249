import { answerBatches } from '../../base/answer-batches';
import { storeSmall } from './small-file';

/** Entry of a folder destination's thread. */
answerBatches(storeSmall);
