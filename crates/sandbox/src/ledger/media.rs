//! The bytes of files that were delivered, as long as there is room.

use std::collections::VecDeque;

use bytes::Bytes;

use super::HEAVIEST;

/// The bytes of files, by the id of their delivery.
#[derive(Debug, Default)]
pub(super) struct Media {
    files: VecDeque<(u64, Bytes)>,
    weight: usize,
}

impl Media {
    pub(super) fn get(&self, id: u64) -> Option<Bytes> {
        let at = self.files.binary_search_by_key(&id, |(known, _)| *known).ok()?;
        self.files.get(at).map(|(_, bytes)| bytes.clone())
    }

    /// How many files there are, and what they weigh.
    #[cfg(test)]
    pub(super) fn size(&self) -> (usize, usize) {
        (self.files.len(), self.weight)
    }

    pub(super) fn keep(&mut self, id: u64, bytes: Bytes) {
        self.weight += bytes.len();
        self.files.push_back((id, bytes));
        while self.weight > HEAVIEST {
            let Some((_, bytes)) = self.files.pop_front() else { break };
            self.weight -= bytes.len();
        }
    }

    /// Forgets the files of deliveries that are forgotten.
    pub(super) fn forget_to(&mut self, last: u64) {
        while self.files.front().is_some_and(|(id, _)| *id <= last) {
            let Some((_, bytes)) = self.files.pop_front() else { break };
            self.weight -= bytes.len();
        }
    }
}
