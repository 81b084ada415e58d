//! The heaviest assignment of rows to columns that have room for so many of them: the Hungarian method on whole numbers.
//!
//! Rows are taken in one by one. Each row and column has a potential, never below zero; the potentials of a row and a
//! column are together at least the weight of every edge between them, and exactly that of the edges that are used. A row
//! that stays unassigned and a column with room left have none. These four facts prove that no assignment is heavier.

use num_bigint::BigInt;
use num_traits::Zero;

use super::search::Steps;
use crate::negotiate::points::WorkLimit;

/// A way to assign a row.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    pub(super) column: usize,
    pub(super) weight: BigInt,
    /// What it stands for.
    pub(super) service: usize,
}

static NOTHING: BigInt = BigInt::ZERO;

/// A heaviest assignment, with the potentials that prove it.
pub(super) struct Heaviest {
    /// The edge that each row is assigned by, if any.
    pub(super) taken: Vec<Option<usize>>,
    pub(super) of_rows: Vec<BigInt>,
    pub(super) of_columns: Vec<BigInt>,
}

/// The heaviest assignment.
pub(super) fn heaviest(rows: &[Vec<Edge>], room: &[usize], steps: &mut Steps) -> Result<Heaviest, WorkLimit> {
    let mut assignment = Assignment {
        rows,
        room,
        taken: vec![None; rows.len()],
        held: vec![Vec::new(); room.len()],
        of_rows: vec![NOTHING.clone(); rows.len()],
        of_columns: vec![NOTHING.clone(); room.len()],
    };
    for row in 0..rows.len() {
        assignment.take_in(row, steps)?;
    }
    let Assignment { taken, of_rows, of_columns, .. } = assignment;
    Ok(Heaviest { taken, of_rows, of_columns })
}

struct Assignment<'r> {
    rows: &'r [Vec<Edge>],
    room: &'r [usize],
    /// The edge of each row.
    taken: Vec<Option<usize>>,
    /// The rows of each column.
    held: Vec<Vec<usize>>,
    /// Potentials.
    of_rows: Vec<BigInt>,
    of_columns: Vec<BigInt>,
}

/// The cheapest way found to reach a column from the tree: how much it lacks to be tight, and from which row by which edge.
#[derive(Clone, Debug)]
struct Reach {
    slack: BigInt,
    row: usize,
    edge: usize,
}

/// The rows and columns that tight edges lead to from a row that is taken in.
struct Tree {
    rows: Vec<usize>,
    columns: Vec<usize>,
    /// Which columns are in it.
    joined: Vec<bool>,
    /// How each column is reached; those of the tree keep how they were.
    reached: Vec<Option<Reach>>,
}

impl Tree {
    fn new(columns: usize) -> Self {
        Self { rows: Vec::new(), columns: Vec::new(), joined: vec![false; columns], reached: vec![None; columns] }
    }

    /// The column outside the tree that lacks least to be tight.
    fn next(&self) -> Option<(usize, BigInt)> {
        let outside = self.reached.iter().zip(&self.joined).enumerate().filter(|(_, (_, joined))| !**joined);
        let reached = outside.filter_map(|(column, (reach, _))| Some((column, &reach.as_ref()?.slack)));
        reached.min_by(|a, b| a.1.cmp(b.1)).map(|(column, slack)| (column, slack.clone()))
    }

    fn join(&mut self, column: usize) {
        self.columns.push(column);
        self.joined.get_mut(column).into_iter().for_each(|joined| *joined = true);
    }

    /// Takes off what the columns outside the tree lack.
    fn near(&mut self, by: &BigInt) {
        let outside = self.reached.iter_mut().zip(&self.joined).filter(|(_, joined)| !**joined);
        outside.filter_map(|(reach, _)| reach.as_mut()).for_each(|reach| reach.slack -= by);
    }
}

impl Assignment<'_> {
    /// Takes a row in: along the tree of tight edges from it to a column with room, or to a row that may go without.
    fn take_in(&mut self, row: usize, steps: &mut Steps) -> Result<(), WorkLimit> {
        let most = self.edges(row).iter().map(|edge| &edge.weight - self.of_column(edge.column)).max();
        if let (Some(most), Some(potential)) = (most, self.of_rows.get_mut(row)) {
            *potential = most.max(NOTHING.clone());
        }
        let mut tree = Tree::new(self.room.len());
        self.grow(&mut tree, row, steps)?;
        loop {
            let without = tree.rows.iter().min_by_key(|row| self.of_row(**row)).copied().unwrap_or(row);
            let least = self.of_row(without).clone();
            let Some((column, slack)) = tree.next().filter(|(_, slack)| *slack < least) else {
                self.shift(&mut tree, &least);
                self.release(&tree, without);
                return Ok(());
            };
            self.shift(&mut tree, &slack);
            if self.held(column).len() < self.room.get(column).copied().unwrap_or(0) {
                self.pass_on(&tree, column);
                return Ok(());
            }
            tree.join(column);
            for held in self.held(column).to_vec() {
                self.grow(&mut tree, held, steps)?;
            }
        }
    }

    /// Adds a row to the tree, with the columns that it reaches.
    fn grow(&self, tree: &mut Tree, row: usize, steps: &mut Steps) -> Result<(), WorkLimit> {
        tree.rows.push(row);
        for (index, edge) in self.edges(row).iter().enumerate() {
            steps.count()?;
            let slack = self.of_row(row) + self.of_column(edge.column) - &edge.weight;
            let Some(reached) = tree.reached.get_mut(edge.column) else { continue };
            if reached.as_ref().is_none_or(|reach| slack < reach.slack) {
                *reached = Some(Reach { slack, row, edge: index });
            }
        }
        Ok(())
    }

    /// Moves the potentials of the tree until its next column is tight, or one of its rows has none left.
    fn shift(&mut self, tree: &mut Tree, by: &BigInt) {
        if by.is_zero() {
            return;
        }
        for row in &tree.rows {
            self.of_rows.get_mut(*row).into_iter().for_each(|potential| *potential -= by);
        }
        for column in &tree.columns {
            self.of_columns.get_mut(*column).into_iter().for_each(|potential| *potential += by);
        }
        tree.near(by);
    }

    /// Gives a column the row that reaches it, that row's column the row that reaches it, and so on to the root.
    fn pass_on(&mut self, tree: &Tree, mut column: usize) {
        while let Some(reach) = tree.reached.get(column).and_then(Option::as_ref) {
            let before = self.column_of(reach.row);
            self.assign(reach.row, Some(reach.edge));
            match before {
                Some(before) => column = before,
                None => return,
            }
        }
    }

    /// Lets a row of the tree go without, so that its column is free for another.
    fn release(&mut self, tree: &Tree, row: usize) {
        let before = self.column_of(row);
        self.assign(row, None);
        before.into_iter().for_each(|column| self.pass_on(tree, column));
    }

    fn assign(&mut self, row: usize, edge: Option<usize>) {
        if let Some(held) = self.column_of(row).and_then(|column| self.held.get_mut(column)) {
            held.retain(|held| *held != row);
        }
        self.taken.get_mut(row).into_iter().for_each(|taken| *taken = edge);
        if let Some(held) = self.column_of(row).and_then(|column| self.held.get_mut(column)) {
            held.push(row);
        }
    }

    fn column_of(&self, row: usize) -> Option<usize> {
        let edge = self.taken.get(row).copied().flatten()?;
        self.edges(row).get(edge).map(|edge| edge.column)
    }

    fn edges(&self, row: usize) -> &[Edge] {
        self.rows.get(row).map(Vec::as_slice).unwrap_or_default()
    }

    fn held(&self, column: usize) -> &[usize] {
        self.held.get(column).map(Vec::as_slice).unwrap_or_default()
    }

    fn of_row(&self, row: usize) -> &BigInt {
        self.of_rows.get(row).unwrap_or(&NOTHING)
    }

    fn of_column(&self, column: usize) -> &BigInt {
        self.of_columns.get(column).unwrap_or(&NOTHING)
    }
}
