//! The faults in force, and the choice of the one that applies to a call.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use crate::{
    FaultId, Provider,
    ledger::{Event, Feed},
};

use super::{Fault, FaultError, PostFault, check::check, random::RandomSequence, weight::weight};

/// The most faults in force.
const MOST: usize = 1000;

/// The faults in force in a sandbox.
///
/// If several faults match a call, only the first one applies. A fault is removed after it has applied as often as it
/// should.
#[derive(Debug)]
pub struct Faults {
    inner: Mutex<Inner>,
    /// The number of faults in force, which every call reads without a lock.
    number: AtomicUsize,
    feed: Arc<Feed>,
    /// The most bytes that the faults may take together.
    max_weight: usize,
}

#[derive(Debug, Default)]
struct Inner {
    active: Vec<Active>,
    last: u64,
}

#[derive(Debug)]
struct Active {
    id: FaultId,
    fault: Arc<Fault>,
    hits: u64,
    chance: RandomSequence,
}

/// A fault in force.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FaultInForce {
    /// Its id, which [`Call::fault`](crate::Call) refers to.
    pub id: FaultId,
    /// The fault as it was added, including the chosen seed.
    pub fault: Fault,
    /// How often it was applied.
    pub hits: u64,
}

/// A fault that applies to a call.
#[derive(Clone, Debug)]
pub(crate) struct AppliedFault {
    pub(crate) id: FaultId,
    pub(crate) fault: Arc<Fault>,
}

impl Faults {
    pub(crate) fn new(feed: Arc<Feed>, max_weight: usize) -> Self {
        Self { inner: Mutex::default(), number: AtomicUsize::new(0), feed, max_weight }
    }

    /// Returns about how many bytes the faults in force take.
    pub(crate) fn weight(&self) -> usize {
        self.lock().weight()
    }

    /// Adds a fault.
    ///
    /// # Errors
    /// Returns an error if the fault contradicts itself, names an unknown operation, or has a value out of
    /// range.
    pub fn add(&self, fault: Fault) -> Result<FaultId, FaultError> {
        let added = self.add_one(fault)?;
        added.first().map(|fault| fault.id).ok_or_else(|| FaultError::at("", "no fault was given"))
    }

    /// Adds several faults, or none if one of them is invalid.
    ///
    /// # Errors
    /// Returns an error as [`add`](Self::add) does. It names the position in the list.
    pub fn add_all(&self, faults: impl IntoIterator<Item = Fault>) -> Result<Vec<FaultId>, FaultError> {
        let added = self.add_list(faults.into_iter().collect())?;
        Ok(added.iter().map(|fault| fault.id).collect())
    }

    pub(crate) fn add_list(&self, faults: Vec<Fault>) -> Result<Vec<FaultInForce>, FaultError> {
        for (at, fault) in faults.iter().enumerate() {
            check(fault).map_err(|error| error.within(&format!("faults[{at}]")))?;
        }
        self.put(faults)
    }

    pub(crate) fn add_one(&self, fault: Fault) -> Result<Vec<FaultInForce>, FaultError> {
        check(&fault)?;
        self.put(vec![fault])
    }

    /// Removes a fault. Returns whether it was in force.
    pub fn remove(&self, id: FaultId) -> bool {
        self.remove_number(id.get())
    }

    pub(crate) fn remove_number(&self, id: u64) -> bool {
        let mut inner = self.lock();
        let before = inner.active.len();
        inner.active.retain(|active| active.id.get() != id);
        let removed = inner.active.len() < before;
        if removed {
            self.changed(&inner);
        }
        removed
    }

    /// Removes all faults.
    pub fn clear(&self) {
        let mut inner = self.lock();
        if !inner.active.is_empty() {
            inner.active.clear();
            self.changed(&inner);
        }
    }

    /// Returns the faults in force, oldest first.
    #[must_use]
    pub fn list(&self) -> Vec<FaultInForce> {
        self.lock().active.iter().map(Active::show).collect()
    }

    /// Returns the fault that applies to a call, if one does, and counts the hit.
    pub(crate) fn select(&self, provider: Provider, operation: Option<&str>) -> Option<AppliedFault> {
        self.select_where(|active| active.fault.post().is_none() && active.applies(provider, operation))
    }

    /// Returns the fault that applies to the posts of a message, if one does, and counts the hit.
    pub(crate) fn select_post(&self, provider: Provider) -> Option<(FaultId, PostFault)> {
        let applied = self.select_where(|active| active.fault.post().is_some() && active.applies(provider, None))?;
        Some((applied.id, applied.fault.post()?))
    }

    fn select_where(&self, matches: impl FnMut(&mut Active) -> bool) -> Option<AppliedFault> {
        if self.number.load(Ordering::Acquire) == 0 {
            return None;
        }
        let mut inner = self.lock();
        let at = inner.active.iter_mut().position(matches)?;
        let active = inner.active.get_mut(at)?;
        active.hits += 1;
        let applied = AppliedFault { id: active.id, fault: Arc::clone(&active.fault) };
        if active.fault.times.is_some_and(|times| active.hits >= times) {
            inner.active.remove(at);
        }
        self.changed(&inner);
        Some(applied)
    }

    fn put(&self, faults: Vec<Fault>) -> Result<Vec<FaultInForce>, FaultError> {
        let mut inner = self.lock();
        if inner.active.len() + faults.len() > MOST {
            return Err(FaultError::at("", format!("at most {MOST} faults can be in force; remove some")));
        }
        if inner.weight() + faults.iter().map(weight).sum::<usize>() > self.max_weight {
            let text = format!("the faults in force may take {} bytes together; remove some", self.max_weight);
            return Err(FaultError::at("", text));
        }
        let mut added = Vec::new();
        for mut fault in faults {
            inner.last += 1;
            let id = FaultId(inner.last);
            let seed = *fault.seed.get_or_insert(id.get());
            let active = Active { id, fault: Arc::new(fault), hits: 0, chance: RandomSequence::new(seed) };
            added.push(active.show());
            inner.active.push(active);
        }
        if !added.is_empty() {
            self.changed(&inner);
        }
        Ok(added)
    }

    fn changed(&self, inner: &Inner) {
        self.number.store(inner.active.len(), Ordering::Release);
        self.feed.push(Event::Faults);
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn weight(&self) -> usize {
        self.active.iter().map(|active| weight(&active.fault)).sum()
    }
}

impl Active {
    fn show(&self) -> FaultInForce {
        FaultInForce { id: self.id, fault: (*self.fault).clone(), hits: self.hits }
    }

    fn applies(&mut self, provider: Provider, operation: Option<&str>) -> bool {
        let fault = &self.fault;
        fault.its_provider().is_none_or(|wanted| wanted == provider)
            && fault.its_operation().is_none_or(|wanted| Some(wanted) == operation)
            // Evaluated last, because each matching call takes one number of the sequence.
            && (fault.probability >= 1.0 || self.chance.next() < fault.probability)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults() -> Faults {
        Faults::new(Arc::new(Feed::new(usize::MAX)), 4 * 1024 * 1024)
    }

    fn applied(faults: &Faults, calls: usize) -> Vec<bool> {
        (0..calls).map(|_| faults.select(Provider::WaziMe, Some("send_message")).is_some()).collect()
    }

    #[test]
    fn a_fault_applies_as_often_as_set_and_only_to_matching_calls() {
        let faults = faults();
        let id =
            faults.add(Fault::close_after().provider(Provider::WaziMe).operation("send_message").times(2)).unwrap();
        for (provider, operation) in [
            (Provider::WapiFlow, Some("send_message")),
            (Provider::WaziMe, Some("contact_list")),
            (Provider::WaziMe, None),
        ] {
            assert!(faults.select(provider, operation).is_none());
        }
        assert_eq!(applied(&faults, 1), [true]);
        assert_eq!((faults.list()[0].id, faults.list()[0].hits), (id, 1));
        assert_eq!(applied(&faults, 2), [true, false]);
        assert!(faults.list().is_empty() && !faults.remove(id));
        faults.add(Fault::close_after().always()).unwrap();
        assert_eq!(applied(&faults, 3), [true; 3]);
        assert!(faults.select(Provider::ChatGuru, None).is_some(), "without an operation too");
        faults.clear();
        assert_eq!(applied(&faults, 1), [false]);
    }

    #[test]
    fn the_first_that_applies_is_the_only_one() {
        let faults = faults();
        let first = faults.add(Fault::close_before()).unwrap();
        let second = faults.add(Fault::close_after()).unwrap();
        let ids = [first, second].map(Some);
        assert_eq!([(); 2].map(|()| faults.select(Provider::ChatGuru, None).map(|applied| applied.id)), ids);
    }

    #[test]
    fn a_seed_is_a_sequence() {
        let sequence = |seed: u64| {
            let faults = faults();
            faults.add(Fault::close_after().always().probability(0.25, seed)).unwrap();
            applied(&faults, 1000)
        };
        assert_eq!(sequence(42), sequence(42));
        assert_ne!(sequence(42), sequence(43));
        let hits = sequence(42).iter().filter(|applied| **applied).count();
        assert!((200..300).contains(&hits), "{hits} of 1000");
    }

    #[test]
    fn a_list_with_an_invalid_fault_adds_none() {
        let faults = faults();
        let error = faults.add_all([Fault::close_after(), Fault::truncated(1).before()]).unwrap_err().to_string();
        assert!(error.starts_with("faults[1].when: "), "{error}");
        assert!(faults.list().is_empty());
        assert!(faults.add_all(vec![Fault::close_after(); MOST]).is_ok());
        assert!(faults.add(Fault::close_after()).unwrap_err().to_string().contains("at most"));
        faults.clear();
        let heavy = Fault::answer(200, "x".repeat(1_000_000)).after();
        let added = (0..5).filter(|_| faults.add(heavy.clone()).is_ok()).count();
        assert_eq!((added, faults.weight() <= 4 * 1024 * 1024), (4, true));
    }
}
