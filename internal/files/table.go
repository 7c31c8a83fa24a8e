package files

import (
	"maps"
	"sync"
)

// table is a map for several goroutines. A run looks up each file that was made,
// which a map of known types does in half the time of a sync.Map.
type table[K comparable, V any] struct {
	lock sync.RWMutex
	rows map[K]V
}

func (t *table[K, V]) get(k K) (V, bool) {
	t.lock.RLock()
	defer t.lock.RUnlock()
	v, ok := t.rows[k]
	return v, ok
}

func (t *table[K, V]) set(k K, v V) {
	t.lock.Lock()
	defer t.lock.Unlock()
	if t.rows == nil {
		t.rows = map[K]V{}
	}
	t.rows[k] = v
}

func (t *table[K, V]) delete(k K) {
	t.lock.Lock()
	defer t.lock.Unlock()
	delete(t.rows, k)
}

// deleteBut deletes all rows but those to keep.
func (t *table[K, V]) deleteBut(keep map[K]bool) {
	t.lock.Lock()
	defer t.lock.Unlock()
	maps.DeleteFunc(t.rows, func(k K, _ V) bool { return !keep[k] })
}

// all returns the keys and values, in no order.
func (t *table[K, V]) all() (keys []K, values []V) {
	t.lock.RLock()
	defer t.lock.RUnlock()
	for k, v := range t.rows {
		keys, values = append(keys, k), append(values, v)
	}
	return keys, values
}
