"""A disk that runs full when a test says so, and has room again."""

import os


class Disk:
    """Fills up for the programs that are started with its environment: for what is beneath `folder`."""

    def __init__(self, env, folder, flag):
        self.flag = flag
        env.update({
            'LD_PRELOAD': os.path.join(os.environ['FIKA_BUILDDIR'], 'tests', 'lib', 'full-disk.so'),
            'FIKA_TEST_FULL': flag,
            'FIKA_TEST_FULL_FOLDER': folder,
            'ASAN_OPTIONS': 'detect_leaks=0:abort_on_error=1:verify_asan_link_order=0',
        })

    def fill(self):
        with open(self.flag, 'w', encoding='ascii'):
            pass

    def make_room(self):
        os.remove(self.flag)
