//! The hash of a file that grows: where much is written, on a thread of its own.

use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread::Builder;

use sha2::{Digest, Sha256};

use crate::cell_text::CsvText;

/// Bytes from which a thread is worth its start; most tables stay below.
const THREAD_FROM: u64 = 1 << 20;

/// Pieces that may wait for the thread; whoever sends one more waits with them.
const QUEUE_PIECES: usize = 4;

enum Piece {
    Text(CsvText),
    /// Somebody wants the hash of all pieces so far.
    Tell(SyncSender<Sha256>),
}

/// To and from the thread: texts to hash, and those done with, to be filled again.
#[derive(Debug)]
struct Line {
    pieces: SyncSender<Piece>,
    spent: Receiver<CsvText>,
}

impl Line {
    /// A thread that goes on from `hash`, until the line is dropped; none where the system gives no more threads.
    fn start(mut hash: Sha256) -> Option<Self> {
        let (pieces, queue) = sync_channel(QUEUE_PIECES);
        let (done, spent) = channel();
        let hash_all = move || {
            for piece in queue {
                match piece {
                    Piece::Text(mut text) => {
                        hash.update(text.as_bytes());
                        text.clear();
                        // Nobody fills it again where the writer has ended.
                        let _ = done.send(text);
                    }
                    Piece::Tell(answer) => {
                        let _ = answer.send(hash.clone());
                    }
                }
            }
        };
        Builder::new().spawn(hash_all).ok().map(|_| Self { pieces, spent })
    }
}

/// SHA-256 of all text so far.
#[derive(Debug)]
pub(crate) struct RunningHash {
    /// Of the text before the thread was started.
    hash: Sha256,
    bytes: u64,
    line: Option<Line>,
}

impl RunningHash {
    /// Goes on from the hash of what is there.
    pub(crate) fn from(hash: Sha256) -> Self {
        Self { hash, bytes: 0, line: None }
    }

    /// Takes a text, and leaves an empty one in its place.
    pub(crate) fn take(&mut self, text: &mut CsvText) {
        self.bytes += text.len() as u64;
        if self.line.is_none() && self.bytes >= THREAD_FROM {
            self.line = Line::start(self.hash.clone());
        }
        match &self.line {
            Some(line) => {
                let empty = line.spent.try_recv().unwrap_or_default();
                let full = std::mem::replace(text, empty);
                // The thread takes pieces for as long as this line is there.
                let _ = line.pieces.send(Piece::Text(full));
            }
            None => {
                self.hash.update(text.as_bytes());
                text.clear();
            }
        }
    }

    /// The hash of all that was taken.
    pub(crate) fn so_far(&self) -> Sha256 {
        let Some(line) = &self.line else { return self.hash.clone() };
        let (ask, answer) = sync_channel(1);
        let _ = line.pieces.send(Piece::Tell(ask));
        match answer.recv() {
            Ok(hash) => hash,
            Err(_) => unreachable!("the thread answers for as long as its line is there"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_the_hash_of_all_text_with_and_without_a_thread() {
        let schema = &tripath_model::observe::TABLES[0];
        let mut running = RunningHash::from(Sha256::new());
        let mut whole = Sha256::new();
        let mut text = CsvText::default();
        for step in 0..40 {
            // Texts of other lengths, so that a spent one that still held something would be seen.
            for _ in 0..=(step % 7) * 50 {
                text.push_header(schema);
            }
            whole.update(text.as_bytes());
            running.take(&mut text);
            assert_eq!(text.len(), 0);
            assert_eq!(running.so_far().finalize(), whole.clone().finalize());
        }
        assert!(running.line.is_some(), "a megabyte was hashed");
    }
}
