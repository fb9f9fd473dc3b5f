//! A growing list in pages, for shapes: growing never holds the list twice, and no element ever moves.

use std::ops::{Index, IndexMut};

/// Elements of a page.
const PAGE: usize = 256;

/// The list.
#[derive(Debug)]
pub(super) struct Pages<T> {
    pages: Vec<Vec<T>>,
}

impl<T> Default for Pages<T> {
    fn default() -> Self {
        Self { pages: Vec::new() }
    }
}

impl<T> Pages<T> {
    pub(super) fn len(&self) -> usize {
        match self.pages.last() {
            Some(last) => (self.pages.len() - 1) * PAGE + last.len(),
            None => 0,
        }
    }

    /// Bytes of the pages, with what they keep free.
    pub(super) fn bytes(&self) -> usize {
        self.pages.len() * PAGE * size_of::<T>() + self.pages.capacity() * size_of::<Vec<T>>()
    }

    pub(super) fn push(&mut self, element: T) {
        match self.pages.last_mut() {
            Some(last) if last.len() < PAGE => last.push(element),
            _ => {
                let mut page = Vec::with_capacity(PAGE);
                page.push(element);
                self.pages.push(page);
            }
        }
    }

    /// Drops elements so that `len` are left, and pages with them.
    pub(super) fn truncate(&mut self, len: usize) {
        self.pages.truncate(len.div_ceil(PAGE));
        let before = self.pages.len().saturating_sub(1) * PAGE;
        if let Some(last) = self.pages.last_mut() {
            last.truncate(len - before);
        }
        if self.pages.len() < self.pages.capacity() / 4 {
            self.pages.shrink_to(self.pages.len() * 2);
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.pages.iter().flatten()
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.pages.iter_mut().flatten()
    }
}

impl<T> Index<usize> for Pages<T> {
    type Output = T;

    #[inline]
    fn index(&self, index: usize) -> &T {
        &self.pages[index / PAGE][index % PAGE]
    }
}

impl<T> IndexMut<usize> for Pages<T> {
    #[inline]
    fn index_mut(&mut self, index: usize) -> &mut T {
        &mut self.pages[index / PAGE][index % PAGE]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_stay_where_they_are() {
        let mut pages = Pages::default();
        for number in 0..1000 {
            pages.push(number);
        }
        let first = &raw const pages[0];
        pages.truncate(700);
        assert_eq!(
            (pages.len(), pages[0], pages[699], pages.iter().sum::<i32>()),
            (700, 0, 699, 699 * 350)
        );
        assert_eq!(&raw const pages[0], first);
        for number in 700..1000 {
            pages.push(number);
        }
        assert_eq!((pages.len(), pages[999]), (1000, 999));
        for keep in [512, 256, 1, 0] {
            pages.truncate(keep);
            assert_eq!((pages.len(), pages.iter().count()), (keep, keep));
        }
        assert!(pages.bytes() < 1000 * 4);
    }
}
