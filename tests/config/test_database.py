import pytest

from simpul.config.database import from_url


class TestFromUrl:
    def test_reads_a_server_a_name_and_a_folder_of_sockets(self):
        read = from_url("postgresql://simpul:a%40b@10.0.0.5:5433/dinas?sslmode=require")
        assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"], read["NAME"]) == (
            *("simpul", "a@b", "10.0.0.5"),
            *("5433", "dinas"),
        )
        assert read["OPTIONS"]["sslmode"] == "require"
        assert from_url("postgresql://simpul@/dinas?host=/run/postgresql")["HOST"] == "/run/postgresql"

    @pytest.mark.parametrize(("address", "is_kept"), [("", True), ("?pgbouncer=1", False)])
    def test_prepares_nothing_behind_a_pool(self, address, is_kept):
        options = from_url(f"postgresql://simpul@10.0.0.5/dinas{address}")["OPTIONS"]
        assert (options["prepare_threshold"] is not None) is is_kept
        assert "pgbouncer" not in options

    def test_refuses_another_kind_of_database(self):
        with pytest.raises(ValueError, match="must begin with postgresql:// or sqlite://, not mysql://"):
            from_url("mysql://simpul@10.0.0.5/dinas")
