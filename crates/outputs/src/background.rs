//! Encoding and writing on a thread of their own.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tripath_model::observe::Records;

use crate::errands::{AtPoint, Errands};
use crate::error::OutputError;
use crate::table_set::{ResumePoint, TableSet};
use crate::table_writer::TablePosition;

/// Ticks that may wait to be written; a slower disk then holds the economy back instead of filling memory.
const QUEUE_TICKS: usize = 4;

/// Rows are in their file after twice this time at the latest, so that little is lost when the process is killed.
const FLUSH_EVERY: Duration = Duration::from_secs(1);

enum Message {
    Rows(Box<Records>),
    Point(AtPoint),
}

/// What is in the files at the end.
#[derive(Debug)]
pub struct Finished {
    /// How far each table has come.
    pub tables: Vec<TablePosition>,
    /// The failure that ended the writing early, if there was one.
    pub failure: Option<OutputError>,
}

/// Hands rows to the thread that writes them.
#[derive(Debug)]
pub struct BackgroundWriter {
    queue: Option<SyncSender<Message>>,
    emptied: Receiver<Box<Records>>,
    thread: JoinHandle<Finished>,
}

/// The thread has ended early; [`BackgroundWriter::finish`] tells why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

impl BackgroundWriter {
    /// Starts the thread.
    pub fn start(tables: TableSet) -> Self {
        let (queue, messages) = sync_channel(QUEUE_TICKS);
        let (give_back, emptied) = sync_channel(QUEUE_TICKS + 2);
        let thread = std::thread::spawn(move || write_until_the_end(tables, &messages, &give_back));
        Self { queue: Some(queue), emptied, thread }
    }

    /// Takes all rows out of `records` and leaves it empty, with room from earlier ticks.
    ///
    /// # Errors
    /// The thread has met a failure.
    pub fn send(&self, records: &mut Records) -> Result<(), Stopped> {
        let mut full = self.emptied.try_recv().unwrap_or_default();
        std::mem::swap(records, &mut full);
        self.put(Message::Rows(full))
    }

    /// Calls `action`, on a thread of its own, once all rows sent so far are in their files, with the points from which the
    /// tables can go on. Later rows are written meanwhile: they stand behind those points.
    ///
    /// # Errors
    /// The thread has met a failure.
    pub fn at_this_point(&self, action: impl FnOnce(&[ResumePoint]) -> Result<(), OutputError> + Send + 'static) -> Result<(), Stopped> {
        self.put(Message::Point(Box::new(action)))
    }

    fn put(&self, message: Message) -> Result<(), Stopped> {
        self.queue.as_ref().ok_or(Stopped)?.send(message).map_err(|_| Stopped)
    }

    /// Writes what is left and ends the thread.
    pub fn finish(mut self) -> Finished {
        self.queue = None;
        self.thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

fn write_until_the_end(mut tables: TableSet, messages: &Receiver<Message>, give_back: &SyncSender<Box<Records>>) -> Finished {
    let errands = Errands::start();
    let outcome = write_all(&mut tables, messages, give_back, &errands);
    // After a failure the other tables keep the rows they can still take.
    let (tables, finished) = tables.finish();
    Finished { tables, failure: outcome.and(errands.finish()).and(finished).err() }
}

fn write_all(
    tables: &mut TableSet,
    messages: &Receiver<Message>,
    give_back: &SyncSender<Box<Records>>,
    errands: &Errands,
) -> Result<(), OutputError> {
    let mut flushed = Instant::now();
    while !errands.have_failed() {
        match messages.recv_timeout(FLUSH_EVERY) {
            Ok(Message::Rows(mut records)) => {
                tables.write(&mut records)?;
                // Nobody waits for the room: where the way back is full or closed, it is dropped.
                let _ = give_back.try_send(records);
                tables.hand_over(errands);
            }
            Ok(Message::Point(action)) => {
                errands.at_point(action, tables.resume_points()?);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
        if flushed.elapsed() >= FLUSH_EVERY {
            tables.flush()?;
            flushed = Instant::now();
        }
    }
    Ok(())
}
