// Questions are answered in the service: nobody asks this index, and every write and deletion paid for it.
DROP INDEX memory_text IF EXISTS;
